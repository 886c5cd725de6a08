// What the pages can do with a script; all of them work without. Written for Chromium 86.
(function () {
  "use strict";
  var form = document.getElementById("upload");
  if (form) { uploads(form); }
  var reload = document.querySelector("[data-reload]");
  if (reload) { looks(Number(reload.getAttribute("data-reload")) * 1000); }

  // On paper nothing is behind a click.
  window.addEventListener("beforeprint", function () {
    var closed = document.querySelectorAll("details:not([open])");
    for (var i = 0; i < closed.length; i++) { closed[i].open = true; }
  });

  // Looks again after a while, unless somebody is typing or has chosen a file.
  function looks(pause) {
    setTimeout(function () {
      var chosen = document.querySelectorAll("input[type=file]");
      var busy = document.activeElement && /^(INPUT|SELECT)$/.test(document.activeElement.tagName);
      for (var i = 0; i < chosen.length; i++) { busy = busy || chosen[i].files.length > 0; }
      if (busy) { looks(pause); } else { location.reload(); }
    }, pause);
  }

  function uploads(form) {
    var told = document.getElementById("told");
    var progress = document.getElementById("progress");
    var scripted = form.querySelector(".scripted");
    if (scripted) { scripted.hidden = false; }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var files = [];
      var inputs = form.querySelectorAll("input[type=file]");
      for (var i = 0; i < inputs.length; i++) {
        for (var j = 0; j < inputs[i].files.length; j++) { files.push(inputs[i].files[j]); }
      }
      send(files);
    });
    form.addEventListener("dragover", function (event) { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", function () { form.classList.remove("over"); });
    form.addEventListener("drop", function (event) {
      event.preventDefault();
      form.classList.remove("over");
      var files = [];
      for (var i = 0; i < event.dataTransfer.files.length; i++) { files.push(event.dataTransfer.files[i]); }
      send(files);
    });

    function send(files) {
      if (files.length === 0) { told.textContent = "没有选择文件。"; return; }
      var data = new FormData();
      data.append("csrf", form.elements.csrf.value);
      data.append("title", form.elements.title.value);
      files.forEach(function (file) { data.append("files", file, file.webkitRelativePath || file.name); });
      var request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      progress.hidden = false;
      told.textContent = "正在上传……";
      request.upload.addEventListener("progress", function (event) {
        if (event.lengthComputable) { progress.value = Math.floor(event.loaded * 100 / event.total); }
      });
      request.addEventListener("load", function () {
        if (request.status === 204) { location.assign("/"); return; }
        progress.hidden = true;
        told.textContent = request.getResponseHeader("Content-Type").indexOf("text/html") === 0
          ? "没有上传：请刷新网页或重新登录后再试。" : request.responseText;
      });
      request.addEventListener("error", function () {
        progress.hidden = true;
        told.textContent = "上传中断，没有收下。请检查网络后重试。";
      });
      request.send(data);
    }
  }
})();
