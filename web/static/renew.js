// Signed in again in another window: what stands written on this page gets the token of the new session, if it is the
// same member's. Whatever comes back to life with it listens for `renewed`. The page works without this file.
(function () {
  "use strict";
  var me = document.querySelector("a.me");

  function renew(text) {
    var there = new DOMParser().parseFromString(text, "text/html");
    var who = there.querySelector("a.me"), token = there.querySelector("input[name=csrf]");
    if (!who || !token || who.dataset.login !== me.dataset.login) { return; }
    document.querySelectorAll("input[name=csrf]").forEach(function (field) { field.value = token.value; });
    document.dispatchEvent(new Event("renewed"));
  }

  window.addEventListener("focus", function () {
    fetch(me.href, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : "";
    }).then(renew, function () {});  // no way there now: asked again when the window is looked at again
  });
})();
