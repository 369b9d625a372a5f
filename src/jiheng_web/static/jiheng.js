// Small things that a page cannot do by itself: unsaved marks, drafts, arrow keys and pasting in grids.
(function () {
  "use strict";
  const toast = document.getElementById("toast");
  function tell(text) { toast.textContent = text; toast.hidden = false; clearTimeout(tell.timer); tell.timer = setTimeout(() => { toast.hidden = true; }, 9000); }

  document.body.addEventListener("htmx:responseError", (event) => {
    const said = event.detail.xhr.responseText;
    tell(said && !said.includes("<") ? said : "没有保存：服务没有应答，您填的还在页面上，请稍后再试。");
  });
  document.body.addEventListener("htmx:sendError", () => tell("没有保存：网络断了，您填的还在页面上，请稍后再试。"));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.tagName === "TR" && !document.querySelector(`#s${event.target.id.slice(1)} [data-keep]`)) event.target.classList.remove("unsaved");
  });
  document.body.addEventListener("input", (event) => { const row = event.target.closest("[data-grid] tr"); if (row) row.classList.add("unsaved"); });
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep]");
    if (!button) return;
    const row = button.closest("tr");
    row.querySelector("[name=version]").value = button.dataset.keep;
    htmx.trigger(row, "keep");
  });
  window.addEventListener("beforeunload", (event) => { if (document.querySelector(".unsaved")) event.preventDefault(); });

  // Grids: up, down and Enter move within the column; a block from a spreadsheet is spread over the cells.
  document.body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-grid] td");
    if (!cell || event.target.tagName !== "INPUT" || !["ArrowUp", "ArrowDown", "Enter"].includes(event.key)) return;
    const row = cell.parentElement;
    const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    const field = next && next.cells[cell.cellIndex].querySelector("input:not([type=hidden]), select");
    event.preventDefault();
    if (field) { field.focus(); if (field.select) field.select(); } else event.target.blur();
  });
  document.body.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-grid] td");
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!cell || !text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    let row = cell.parentElement, lost = 0;
    for (const line of text.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
      line.split("\t").forEach((value, at) => {
        const target = row && row.cells[cell.cellIndex + at] && row.cells[cell.cellIndex + at].querySelector("input:not([type=hidden]), select");
        if (!target) { lost += 1; return; }
        if (target.tagName === "SELECT" && ![...target.options].some((one) => one.value === value.trim())) { lost += 1; return; }
        target.value = value.trim();
      });
      if (row) { row.classList.add("unsaved"); htmx.trigger(row, "keep"); row = row.nextElementSibling; }
    }
    if (lost) tell(`有 ${lost} 格没有粘贴：行不够（先点“加 10 行”）、已锁定，或不在选项里。`);
  });

  // Long forms: what is typed is kept in this tab until it was saved.
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const key = `jiheng:${form.dataset.draft}`;
    const fields = () => [...form.elements].filter((one) => one.name && one.type !== "hidden");
    const isBox = (one) => one.type === "radio" || one.type === "checkbox";
    const slot = (one) => isBox(one) ? `${one.name}=${one.value}` : one.name;
    const said = (one) => isBox(one) ? one.checked : one.value;
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(key)); } catch (error) { kept = null; }
    if (kept && fields().some((one) => slot(one) in kept && kept[slot(one)] !== said(one))) {
      const note = document.createElement("p");
      note.className = "told warning";
      note.textContent = "这里有上次没保存的内容。";
      const button = document.createElement("button");
      button.type = "button"; button.className = "button quiet"; button.textContent = "恢复";
      button.addEventListener("click", () => { fields().forEach((one) => { if (!(slot(one) in kept)) return; if (isBox(one)) one.checked = kept[slot(one)]; else one.value = kept[slot(one)]; }); note.remove(); });
      note.append(" ", button);
      form.prepend(note);
    }
    form.addEventListener("input", () => { try { sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields().map((one) => [slot(one), said(one)])))); } catch (error) { /* a full store keeps nobody from working */ } });
  });
  // On a phone the menu is a strip: the page one is on stands in sight.
  const here = document.querySelector(".side [aria-current]");
  if (here && here.parentElement.scrollWidth > here.parentElement.clientWidth) here.parentElement.scrollLeft = here.offsetLeft - 60;
  // Back to the form as it was filled in.
  document.body.addEventListener("click", (event) => {
    if (!event.target.closest("[data-back]") || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
  // A score opens its reckoning in the row below.
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest(".why-button");
    const row = button && document.getElementById(button.getAttribute("aria-controls"));
    if (!row) return;
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
  });
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  }));

  // The report's own paragraphs: unsaved until the answer says so; a named figure goes where the cursor was; the paper follows.
  let writing = null;
  document.body.addEventListener("focusin", (event) => { if (event.target.matches(".own textarea")) writing = event.target; });
  document.body.addEventListener("input", (event) => { const form = event.target.closest("[data-passage]"); if (form) form.classList.add("unsaved"); });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-check]") && !event.target.closest(".unsaved")) event.preventDefault(); // saved meanwhile
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const form = event.target.closest && event.target.closest("[data-passage]");
    if (!form || !event.target.querySelector("[data-saved]")) return;
    form.classList.remove("unsaved");
    const paper = document.querySelector("iframe[data-report]");
    if (paper) paper.contentWindow.location.reload();
  });
  document.body.addEventListener("click", (event) => {
    const plain = event.target.closest("[data-plain]");
    if (plain) { event.preventDefault(); plain.form.classList.remove("unsaved"); plain.form.action = plain.formAction; HTMLFormElement.prototype.submit.call(plain.form); return; }
    const figure = event.target.closest("[data-insert]");
    if (!figure) return;
    if (!writing || !writing.isConnected) { tell("先点一下要插到哪一段，再点数字。"); return; }
    writing.setRangeText(figure.dataset.insert, writing.selectionStart, writing.selectionEnd, "end");
    writing.focus();
    writing.dispatchEvent(new Event("input", { bubbles: true }));
    writing.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
