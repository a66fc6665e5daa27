// What script adds to the villager's pages. Every form works without it. Plain ES5: old WebViews read it too.
// Nothing is stored in the browser: no storage, no cache, no history entry.
(function () {
  "use strict";
  var busy = false;

  function form() { return document.getElementById("f"); }
  function words(name) { return form().getAttribute("data-" + name) || ""; }

  function say(text) {
    var line = document.getElementById("line");
    if (!line) {
      line = document.createElement("p");
      line.id = "line";
      line.className = "sending";
      line.setAttribute("role", "status");
      form().appendChild(line);
    }
    line.textContent = text;
  }

  function lock(on) {
    busy = on;
    var buttons = document.querySelectorAll("button, .rich input");
    for (var i = 0; i < buttons.length; i++) { buttons[i].disabled = on; }
  }

  // One page takes the place of the other; the address and the history stay as they are.
  function swap(html, address) {
    var page = new DOMParser().parseFromString(html, "text/html");
    document.documentElement.className = page.documentElement.className;
    document.body.className = page.body.className;
    document.body.innerHTML = page.body.innerHTML;
    history.replaceState(null, "", address.split("#")[0]);
    ready(true);
  }

  function send(data) {
    if (busy) { return; }
    lock(true);
    say(words("sending"));
    var call = new XMLHttpRequest();
    call.open("POST", form().getAttribute("action"));
    call.upload.onprogress = function (event) {
      if (event.lengthComputable && event.total > 65536) {
        say(words("part").replace("00", Math.floor(100 * event.loaded / event.total)));
      }
    };
    call.onload = function () {
      busy = false;
      if ((call.getResponseHeader("Content-Type") || "").indexOf("text/html") === 0) {
        swap(call.responseText, call.responseURL || location.href);
      } else { lock(false); say(words("lost")); }
    };
    call.onerror = call.ontimeout = function () { lock(false); say(words("lost")); };
    call.timeout = 600000;
    call.send(data);
  }

  function gather(button) {
    var data = new FormData(form());
    if (button && button.name) { data.append(button.name, button.value); }
    return data;
  }

  function sendFiles(files, seconds) {
    var data = gather(null);
    data.append("seconds", String(seconds || 0));
    for (var i = 0; i < files.length; i++) { data.append("file", files[i], files[i].name || "voice"); }
    send(data);
  }

  // 录音: a press starts, a press ends and sends. Without MediaRecorder the file chooser opens the phone's recorder.
  function record(label) {
    if (!window.MediaRecorder || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { return; }
    var recorder = null;
    label.addEventListener("click", function (event) {
      event.preventDefault();
      if (recorder) { recorder.stop(); return; }
      navigator.mediaDevices.getUserMedia({ audio: true }).then(function (stream) {
        var pieces = [];
        var begun = Date.now();
        recorder = new MediaRecorder(stream);
        recorder.ondataavailable = function (event) { pieces.push(event.data); };
        recorder.onstop = function () {
          var tracks = stream.getTracks();
          for (var i = 0; i < tracks.length; i++) { tracks[i].stop(); }
          recorder = null;
          sendFiles([new Blob(pieces, { type: "audio/webm" })], Math.round((Date.now() - begun) / 1000));
        };
        recorder.start();
        label.className += " on";
        say(words("recording"));
      }, function () { label.querySelector("input").click(); });
    });
  }

  function chooser(input) {
    input.addEventListener("change", function () {
      if (input.files && input.files.length) { sendFiles(input.files, 0); }
    });
  }

  function grow(box) {
    function fit() {
      box.style.height = "auto";
      box.style.height = box.scrollHeight + 2 + "px";
    }
    box.addEventListener("input", fit);
    if (box.value) { fit(); }
  }

  // The picture is the slip only: number, date, telephone. Long press saves it where downloads do not work (WeChat).
  function picture(button) {
    button.addEventListener("click", function (event) {
      var slip = document.querySelector(".slip");
      var canvas = document.createElement("canvas");
      var ink = canvas.getContext && canvas.getContext("2d");
      if (!slip || !ink) { return; }
      event.preventDefault();
      draw(canvas, ink, slip);
      var image = document.createElement("img");
      image.src = canvas.toDataURL("image/png");
      image.alt = slip.textContent.replace(/\s+/g, " ");
      slip.textContent = "";
      slip.appendChild(image);
      document.getElementById("hold").hidden = false;
      var link = document.createElement("a");
      link.href = image.src;
      link.download = slip.getAttribute("data-name") + ".png";
      link.click();
      button.disabled = true;
    });
  }

  function draw(canvas, ink, slip) {
    var groups = slip.querySelectorAll(".n span");
    canvas.width = 640;
    canvas.height = 400;
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, 640, 400);
    ink.fillStyle = "#1c2426";
    ink.textAlign = "center";
    ink.font = "30px sans-serif";
    ink.fillText(slip.querySelector("p").textContent, 320, 80);
    ink.font = "600 72px sans-serif";
    ink.fillText(groups[0].textContent + " " + groups[1].textContent, 320, 180);
    ink.fillText(groups[2].textContent + " " + groups[3].textContent, 320, 270);
    ink.fillRect(60, 310, 520, 1);
    ink.font = "28px sans-serif";
    ink.fillText(slip.querySelector(".who").textContent.replace(/\s+/g, " "), 320, 358);
  }

  // Only a voice that lives on this phone: others would send the page's words to somebody else's machine.
  function voice() {
    var known = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    for (var i = 0; i < known.length; i++) {
      if (known[i].localService && known[i].lang.slice(0, 2) === document.documentElement.lang.slice(0, 2)) { return known[i]; }
    }
    return null;
  }

  function aloud() {
    var asked = document.getElementById("said");
    if (!asked || !form() || !voice() || document.querySelector(".aloud")) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "aloud";
    button.textContent = words("read");
    var text = asked.textContent;
    button.addEventListener("click", function () {
      var speech = new SpeechSynthesisUtterance(text);
      speech.voice = voice();
      speechSynthesis.cancel();
      speechSynthesis.speak(speech);
    });
    asked.appendChild(button);
  }

  function each(selector, what) {
    var found = document.querySelectorAll(selector);
    for (var i = 0; i < found.length; i++) { what(found[i]); }
  }

  function ready(again) {
    each("[data-leave]", function (link) {
      link.addEventListener("click", function (event) {
        event.preventDefault();
        document.body.textContent = "";
        location.replace(link.href);
      });
    });
    if (!form()) { return; }
    each(".plain", function (box) { box.parentNode.removeChild(box); });
    each(".rich", function (box) { box.hidden = false; });
    each(".rich [data-record]", record);
    each(".rich input", chooser);
    each(".rich label", function (label) {
      label.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); label.click(); }
      });
    });
    each("textarea", grow);
    each("[data-picture]", picture);
    aloud();
    each(".log", function (log) { log.scrollTop = log.scrollHeight; });
    var pressed = null;
    each("button", function (button) {
      button.addEventListener("click", function () { pressed = button; });
    });
    form().addEventListener("submit", function (event) {
      if (pressed && pressed.hasAttribute("data-picture")) { return; }
      event.preventDefault();
      send(gather(event.submitter || pressed));
    });
    var next = document.getElementById("q");
    if (again && next) {
      if (next.tagName !== "TEXTAREA" && next.tagName !== "INPUT") { next.focus(); }
      if (next.tagName === "H1") { window.scrollTo(0, 0); }
    }
  }

  // A page that comes back from the browser's memory would show what was there before: ask the server again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { document.body.textContent = ""; location.reload(); }
  });
  if (window.speechSynthesis) { speechSynthesis.onvoiceschanged = aloud; }
  ready(false);
})();
