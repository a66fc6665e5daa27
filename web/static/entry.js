// What the entry form and its slip do beyond plain HTML: one press is one entry, and a button that prints.
(function () {
  "use strict";
  var form = document.querySelector("form[data-busy]");
  var button = form && form.querySelector("button");
  var words = button && button.textContent;
  var slip = document.getElementById("print");

  function busy(is) {
    button.disabled = is;
    button.textContent = is ? form.dataset.busy : words;
  }

  if (form) {
    // After the form has been read: what is disabled is no part of it.
    form.addEventListener("submit", function () { setTimeout(busy, 0, true); });
    window.addEventListener("pageshow", function () { busy(false); });
  }
  if (slip) {
    slip.hidden = false;
    slip.addEventListener("click", function () { window.print(); });
  }
})();
