/** The paste box keeps the clipboard's own table too, because only it knows the merged cells. */

const form = document.querySelector("[data-import-form]");

form?.elements.pasted.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  form.elements.pasted_html.value = html.includes("<t") ? html : "";
});

// Words typed or changed by hand count more than the table behind them.
form?.elements.pasted.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") form.elements.pasted_html.value = "";
});
