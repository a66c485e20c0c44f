/** What others did meanwhile: the rows as the server lists them beside the rows as shown. */

/**
 * "s5-9f 12:3 15:1" → {order: "s5-9f 12 15", versions: {12: 3, 15: 1}}: below a subject stand its
 * rows, each with its version.
 */
export function parseRows(listing) {
  const versions = {};
  const order = listing.split(" ").filter(Boolean).map((word) => {
    const [row, version] = word.split(":");
    if (version !== undefined) versions[row] = Number(version);
    return row;
  });
  return { order: order.join(" "), versions };
}

/**
 * Which rows are shown in other words than they have by now, and whether all stand where they
 * are shown. A row that is gone or new is a matter of the arrangement.
 */
export function compare(shown, listed) {
  const changed = Object.keys(shown.versions).filter(
    (row) => row in listed.versions && listed.versions[row] > shown.versions[row],
  );
  return { changed, isArranged: shown.order === listed.order };
}

/**
 * Who does what, in sentences. `numberOf(task)` is the row's number as shown, "" for a row that
 * is not; `texts` has the sentences with {name} and {row}.
 */
export function sentences(others, numberOf, texts) {
  return others.map(({ name, task }) => {
    const number = task ? numberOf(task) : "";
    const text = number ? texts.textWrites : texts.textLooks;
    return text.replace("{name}", name).replace("{row}", number);
  });
}
