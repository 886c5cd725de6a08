// What the pages can do with a script; all of them work without. Written for Chromium 86.
(function () {
  "use strict";
  var form = document.getElementById("upload");
  if (form) { uploads(form); }
  var articles = document.querySelectorAll("article[data-try]");
  for (var at = 0; at < articles.length; at++) { tries(articles[at]); }
  var mapping = document.getElementById("mapping");
  if (mapping) { checks(mapping); }
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
        var answer = null;
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = null; }
        told.textContent = answer && answer.message ? answer.message : "没有上传：请刷新网页或重新登录后再试。";
      });
      request.addEventListener("error", function () {
        progress.hidden = true;
        told.textContent = "上传中断，没有收下。请检查网络后重试。";
      });
      request.send(data);
    }
  }

  // A mapping is checked while it is typed.
  function checks(form) {
    var checked = document.getElementById("checked");
    var faults = document.getElementById("faults");
    var timer = null;
    var round = 0;
    form.elements.text.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 300); });

    function ask() {
      var mine = ++round;
      var request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.setRequestHeader("Accept", "application/json");
      request.addEventListener("load", function () {
        if (mine !== round) { return; }
        var answer = null;
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = null; }
        faults.textContent = answer ? answer.faults : "";
        if (request.status !== 200 || !answer) { checked.textContent = "没有检查：请刷新网页或重新登录后再试。"; return; }
        checked.textContent = answer.count === 0 ? "映射文件没有错误。" : "共 " + answer.count + " 处错误。";
      });
      request.send("csrf=" + encodeURIComponent(form.elements.csrf.value) + "&text=" + encodeURIComponent(form.elements.text.value));
    }
  }

  // What would come of another actual or target is asked of the server; nothing is saved.
  function tries(article) {
    var fields = article.querySelectorAll("[data-try-field]");
    var points = article.querySelectorAll(".point");
    var hidden = article.querySelectorAll(".scripted");
    var timer = null;
    var round = 0;
    for (var i = 0; i < hidden.length; i++) { hidden[i].hidden = false; }
    for (var j = 0; j < fields.length; j++) {
      fields[j].addEventListener(fields[j].tagName === "SELECT" ? "change" : "input", soon);
      fields[j].setAttribute("data-was", fields[j].value);
    }
    remember();

    function soon() { clearTimeout(timer); timer = setTimeout(ask, 120); }

    function changed() {
      var parts = [];
      for (var i = 0; i < fields.length; i++) {
        if (fields[i].value !== fields[i].getAttribute("data-was")) {
          parts.push(encodeURIComponent(fields[i].name) + "=" + encodeURIComponent(fields[i].value));
        }
      }
      return parts;
    }

    function ask() {
      var parts = changed();
      var mine = ++round;
      if (parts.length === 0) { restore(); return; }
      parts.push("csrf=" + encodeURIComponent(article.getAttribute("data-csrf")));
      parts.push("case=" + encodeURIComponent(article.getAttribute("data-case")));
      var request = new XMLHttpRequest();
      request.open("POST", article.getAttribute("data-try"));
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.addEventListener("load", function () {
        if (mine !== round) { return; }
        var answer = null;
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = null; }
        if (request.status === 200 && answer) { show(answer); } else { fail(answer); }
      });
      request.addEventListener("error", function () { if (mine === round) { fail(null); } });
      request.send(parts.join("&"));
    }

    function told(text) {
      var places = article.querySelectorAll(".tried");
      for (var i = 0; i < places.length; i++) { places[i].textContent = text; }
    }

    function fail(answer) {
      restore();
      told(answer && answer.message ? "不能试算：" + answer.message + (answer.hint || "") : "不能试算，请刷新网页或重新登录后再试。");
    }

    function show(answer) {
      article.classList.add("trying");
      put(article.querySelector(".points"), answer.total);
      put(article.querySelector(".grade"), answer.grade);
      var levels = article.querySelectorAll("tr.level");
      for (var i = 0; i < levels.length && i < answer.levels.length; i++) {
        put(levels[i].querySelector(".level-score"), answer.levels[i].score);
        put(levels[i].querySelector(".share"), answer.levels[i].share === null ? "" : answer.levels[i].share + "%");
        var part = levels[i].querySelector(".part");
        if (part && answer.levels[i].share !== null) { part.setAttribute("width", answer.levels[i].share); }
      }
      for (var j = 0; j < points.length && j < answer.indicators.length; j++) {
        var one = answer.indicators[j];
        put(points[j].querySelector(".score"), one.score === null ? "待评" : one.score);
        var place = points[j].querySelector(".tried");
        if (place) {
          place.textContent = "试算：" + (one.score === null ? "待评" : one.score + " 分") +
            "，总分 " + answer.total + "，等级 " + answer.grade + "。" + (one.note || "");
        }
      }
    }

    // What stands on the page comes back.
    function remember() {
      var texts = article.querySelectorAll(".points, .grade, .level-score, .share, .point .score");
      for (var i = 0; i < texts.length; i++) { texts[i].setAttribute("data-was", texts[i].textContent); }
      var bars = article.querySelectorAll(".part");
      for (var j = 0; j < bars.length; j++) { bars[j].setAttribute("data-was", bars[j].getAttribute("width")); }
    }

    function restore() {
      article.classList.remove("trying");
      told("");
      var all = article.querySelectorAll("[data-was]");
      for (var i = 0; i < all.length; i++) {
        var was = all[i].getAttribute("data-was");
        if (all[i].hasAttribute("data-try-field")) { continue; }
        if (all[i].classList.contains("part")) { all[i].setAttribute("width", was); } else { put(all[i], was); }
      }
    }

    function put(place, text) {
      if (!place) { return; }
      place.textContent = text;
      place.classList.toggle("changed", text !== place.getAttribute("data-was"));
    }
  }
})();
