// Ctrl+Enter runs the query, and Tab indents. After Escape, Tab leaves the field, as it does everywhere else.
"use strict";

const field = document.getElementById("query");
const indent = "  ";
let leaves = false;

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field.form.requestSubmit();
  } else if (event.key === "Escape") {
    leaves = true;
  } else if (event.key === "Tab" && !event.shiftKey && !event.altKey && !event.ctrlKey && !leaves) {
    event.preventDefault();
    field.setRangeText(indent, field.selectionStart, field.selectionEnd, "end");
  } else if (event.key !== "Shift") {
    leaves = false;
  }
});
field.addEventListener("focus", () => { leaves = false; });

const hint = document.getElementById("keys");
hint.hidden = false;
field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "));
