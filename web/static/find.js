// While tips are still being read the search is asked again by itself, unless somebody is typing another one.
(function () {
  "use strict";
  var note = document.querySelector("[data-again]");
  if (!note) { return; }
  var form = document.getElementById(note.dataset.again);
  var box = form.querySelector('input[name="q"]');
  var asked = box.value;
  window.setTimeout(function () {
    if (box.value === asked) { form.submit(); }
  }, 1500);
})();
