/** Rows for slips out of the idea box: one more at a press, and Enter leads from row to row. */

/** The markup of a new row, numbered as Django's formsets count: __prefix__ is the row's place. */
export function rowMarkup(template, place) {
  return template.replaceAll("__prefix__", String(place));
}

const inBengali = (number) =>
  new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false }).format(number);

function start(table) {
  const form = table.closest("form");
  const total = form.elements["slips-TOTAL_FORMS"];
  const template = form.querySelector("[data-slip-template]").innerHTML;
  const body = table.tBodies[0];

  function add() {
    const place = Number(total.value);
    if (place >= Number(table.dataset.most)) return false;
    const holder = document.createElement("tbody");
    holder.innerHTML = rowMarkup(template, place);
    const row = holder.rows[0];
    row.querySelector("[data-slip-number]").textContent = inBengali(place + 1);
    body.append(row);
    total.value = String(place + 1);
    row.querySelector("input, textarea").focus();
    return true;
  }

  form.querySelector("[data-slip-add]").addEventListener("click", (event) => {
    // At the most rows the server says so.
    if (add()) event.preventDefault();
  });

  // Enter in a one-line box would send the half-written page.
  body.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const next = event.target.closest("tr").nextElementSibling;
    if (next) next.querySelector("input, textarea").focus();
    else add();
  });
}

if (typeof document !== "undefined") document.querySelectorAll("[data-slips]").forEach(start);
