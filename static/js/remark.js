/**
 * Remark on a cell of a plan by pressing it.
 *
 *   <tr>… <td data-field="end_text">…</td> … <a data-remark href="…?task=5">মন্তব্য লিখুন</a></tr>
 *
 * The row's own link leads to the form, where the cell can be chosen; a press on a cell chooses it
 * on the way.
 */

document.addEventListener("click", (event) => {
  const cell = event.target.closest("td[data-field]");
  const link = cell?.parentElement.querySelector("[data-remark]");
  if (!link || event.target.closest("a, button, summary")) return;
  if (String(getSelection())) return; // words are being marked, to be copied
  const address = new URL(link.href);
  address.searchParams.set("cell", cell.dataset.field);
  location.assign(address);
});
