// After an answer is saved in place: on to the next open question. The page works without this file.
"use strict";

(() => {
  let saved = "";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches?.("form[data-question]")) saved = event.target.id;
  });

  document.addEventListener("htmx:afterSettle", () => {
    const here = saved && document.getElementById(saved);
    if (!here || here.querySelector(".v-errors")) return;
    saved = "";
    const open = [...document.querySelectorAll("form[data-question]")];
    const later = open.find((form) => here.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = here.matches("form[data-question]") ? here : later ?? open[0] ?? document.querySelector("#sammanfattning a.btn");
    (next?.querySelector?.("input:not([type=hidden])") ?? next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
  });
})();
