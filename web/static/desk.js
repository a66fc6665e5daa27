// Single keys of the desk: each does what a visible button or link does. Every page works without this file.
// A page marks what a key acts on with data-key="a".
(function () {
  "use strict";
  var body = document.body;
  var sheet = document.getElementById("keys");

  document.querySelectorAll("[data-opens=keys]").forEach(function (button) {
    if (!sheet || !sheet.showModal) { return; }
    button.hidden = false;
    button.addEventListener("click", function () { sheet.showModal(); });
  });

  function visible(element) { return element.getClientRects().length > 0; }

  // The first one on the page that can be seen: a search box, say, or on a phone the link to it.
  function marked(key) {
    return Array.prototype.filter.call(document.querySelectorAll('[data-key="' + key + '"]'), visible)[0];
  }

  function press(element) {
    if (/^(input|textarea)$/i.test(element.tagName) && !/^(radio|checkbox)$/.test(element.type)) {
      element.focus();
      return;
    }
    element.click();
    var box = element.type === "radio" && element.form.querySelector("textarea");
    if (box) { box.focus(); }
  }

  // The list: a cursor on one row, which stays where it is while rows are drawn anew.
  function rows() { return Array.prototype.slice.call(document.querySelectorAll("#rows>tr")); }
  function cursor() { return document.querySelector('#rows>tr[aria-current="true"]'); }
  function select(step) {
    var all = rows(), at = all.indexOf(cursor());
    var next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (all[at]) { all[at].removeAttribute("aria-current"); }
    next.setAttribute("aria-current", "true");
    next.querySelector(".gist a").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  // On the list the keys of a tip open it first: nobody acts on what they have not read.
  function inList(key) {
    var row = cursor();
    if (key === "j" || key === "k") { select(key === "j" ? 1 : -1); return true; }
    if (!row || "oarne".indexOf(key) < 0) { return false; }
    location.href = row.querySelector(".gist a").href + (key === "o" ? "" : "#key-" + key);
    return true;
  }

  function typing(target) {
    return /^(textarea|select)$/i.test(target.tagName) || target.isContentEditable ||
      (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type));
  }

  document.addEventListener("keydown", function (event) {
    if (body.dataset.keys === "off" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) { return; }
    if (event.key === "?" && sheet && sheet.showModal) {
      sheet.showModal();
    } else if (!(rows().length && inList(event.key))) {
      var element = /^[a-z/]$/.test(event.key) && marked(event.key);
      if (!element) { return; }
      press(element);
    }
    event.preventDefault();
  });

  // Opened by a key of the list: forms and sheets open at once, a button that acts only takes the focus.
  var wanted = /^#key-([arne])$/.exec(location.hash);
  var first = wanted && marked(wanted[1]);
  if (first) {
    if (first.tagName === "BUTTON") { first.focus(); } else { press(first); }
    history.replaceState(null, "", location.pathname + location.search);
  }
})();
