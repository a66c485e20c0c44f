/**
 * The form that reports progress: pictures made small on the phone, and sent however bad the line.
 *
 * A picture is drawn anew, at most 1600 points long: what is left of it is what one sees, without
 * the place and the telephone it was taken with. It is kept together with the words (waiting.js)
 * from the moment it is chosen. A form with a file, or one sent while there is no line, goes by
 * fetch; any other as the browser sends forms. Without this script all of them do.
 */

import { attend, forget, keep, kept, say, sendAll, texts } from "./waiting.js";

const LONGEST = 1600;
const QUALITY = 0.8;

const form = document.querySelector("[data-report]");
const note = form?.querySelector("[data-report-picture]");
const inputs = form ? [...form.querySelectorAll("input[type='file']")] : [];

let making = Promise.resolve(); // the picture being made small
let isPlain = false; // the browser's own way, so that the server shows what is wrong

// --- Pictures --------------------------------------------------------------------------------
/** The picture drawn anew; a file that is none, or that this browser cannot read, as it is. */
async function shrink(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!drawn || (drawn.size >= file.size && file.type === "image/png")) return file;
  return new File([drawn], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
}

/** ২৪০ কিলোবাইট, ৩.২ মেগাবাইট */
function size(bytes) {
  const isLarge = bytes >= 1024 * 1024;
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    maximumFractionDigits: isLarge ? 1 : 0,
  });
  const { textMegabytes, textKilobytes } = texts;
  const amount = format.format(isLarge ? bytes / 1024 / 1024 : Math.ceil(bytes / 1024));
  return `${amount} ${isLarge ? textMegabytes : textKilobytes}`;
}

function put(input, file) {
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
}

async function take(input) {
  const [file] = input.files;
  note.textContent = "";
  if (file) {
    const small = await shrink(file);
    if (small !== file) {
      put(input, small);
      note.textContent = `${size(file.size)} → ${size(small.size)}`;
    }
  }
  if (chosen().length) await keep(written(false));
  else await forget(form.elements.form_key.value);
}

// --- The report ------------------------------------------------------------------------------
const chosen = () => inputs.filter((input) => input.files.length);

/** The form as it stands. */
function written(sent, submitter = null) {
  const fields = [...new FormData(form, submitter)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  return {
    key: form.elements.form_key.value,
    task: form.dataset.report,
    page: location.pathname,
    url: form.action,
    files: chosen().map((input) => [input.name, input.files[0]]),
    fields,
    sent,
  };
}

function busy(is) {
  for (const button of form.querySelectorAll("button[type='submit']")) {
    button.toggleAttribute("disabled", is);
  }
}

const ends = {
  arrived(report, url) {
    if (report.task === form.dataset.report) location.assign(url);
    else say(texts.textSent, "alert-success", [[texts.textOpen, url]]);
  },
  refused(report, reason) {
    busy(false);
    if (report.key !== form.elements.form_key.value) {
      const drop = () => forget(report.key).then(() => location.reload());
      say(`${texts.textRefused} ${reason}`, "alert-danger", [
        [texts.textOpen, report.page],
        [texts.textDrop, drop],
      ]);
      return;
    }
    isPlain = true;
    form.requestSubmit(submitted);
  },
};

let submitted = null;

function onSubmit(event) {
  if (isPlain || !(chosen().length || !navigator.onLine)) return;
  event.preventDefault();
  submitted = event.submitter;
  making
    .then(() => keep(written(true, submitted)))
    .then(() => {
      busy(true);
      return sendAll(ends);
    })
    .catch(() => {
      // The browser's store is closed: then as the browser sends forms.
      busy(false);
      isPlain = true;
      form.requestSubmit(submitted);
    });
}

/** Put back a file that was chosen before a reload, or before the session ended. */
async function restore() {
  const report = (await kept()).find((one) => !one.sent && one.task === form.dataset.report);
  if (!report || !report.files.length || chosen().length) return;
  for (const [name, file] of report.files) put(form.elements[name], file);
  form.elements.form_key.value = report.key;
  note.textContent = texts.textKept;
}

if (form) {
  for (const input of inputs) {
    input.addEventListener("change", () => {
      making = making.then(() => take(input)).catch(() => {});
    });
  }
  form.addEventListener("submit", onSubmit);
  restore().catch(() => {});
  attend(ends);
}
