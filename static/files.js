(() => {
  const form = document.getElementById("files"), told = document.getElementById("sending");
  if (!form || !window.crypto?.subtle || !window.AbortSignal?.timeout) return;
  const PIECE = 1048576, LARGE = 4 * PIECE, EDGE = 2000, PATIENCE = 180000, box = document.getElementById("smaller");
  const { csrf_token, shows, uploads } = form.elements, [, lost] = told.querySelectorAll("p"), part = told.querySelector("b");
  const left = () => document.body.hidden;
  const rest = (time) => new Promise((on) => {
    const timer = setTimeout(on, time);
    addEventListener("online", () => { clearTimeout(timer); on(); }, { once: true });
  });
  const ask = async (path, body) => {
    for (let pause = 1000; !left(); pause = Math.min(2 * pause, 15000)) {
      try {
        const answer = await fetch(`${form.action}/${path}`, {
          method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
          headers: { "X-CSRFToken": csrf_token.value },
        });
        const known = answer.ok && await answer.json();
        if (answer.status < 500) {
          lost.hidden = true;
          return { ...known, ok: answer.ok, again: answer.status === 404 || answer.status === 409 };
        }
      } catch {}
      lost.hidden = false;
      await rest(pause);
    }
    return { ok: false };
  };
  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const pieces = async (file, { id, missing }) => {
    const count = Math.ceil(file.size / PIECE);
    let behind = missing.length;
    for (const number of missing) {
      part.textContent = `${Math.floor(100 * (count - behind--) / count)} %`;
      const kept = await ask(`${id}/${number}`, file.slice(number * PIECE, (number + 1) * PIECE));
      if (!kept.ok || !kept.id) return kept;
    }
    part.textContent = "100 %";
    return ask(`${id}/whole`, "");
  };
  const large = (file) => file.type.startsWith("image/") && file.size > LARGE;
  const shrunk = async (file) => {
    const image = await createImageBitmap(file), canvas = document.createElement("canvas");
    const scale = Math.min(1, EDGE / Math.max(image.width, image.height)), pen = canvas.getContext("2d");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const copy = await new Promise((on) => canvas.toBlob(on, "image/jpeg", 0.8));
    return copy?.size < file.size ? copy : null;
  };
  const send = async (chosen) => {
    const copy = box.querySelector("input").checked && large(chosen) ? await shrunk(chosen).catch(() => null) : null;
    const file = copy || chosen, ending = copy ? "jpg" : chosen.name.split(".").pop();
    const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const said = { sha256, size: file.size, ending, shows: shows.value, ...(copy && { smaller: 1 }) };
    for (let turn = 0; turn < 3; turn++) {
      const begun = await ask("begin", new URLSearchParams(said));
      const done = begun.ok && begun.id ? await pieces(file, begun) : begun;
      if (!done.again) return done.ok;
    }
  };
  const offer = () => { box.hidden = ![...uploads.files].some(large); };
  uploads.addEventListener("change", offer);
  offer();
  form.addEventListener("submit", async (event) => {
    if (!uploads.files.length) return;
    event.preventDefault();
    form.querySelector(".button").disabled = true;
    told.hidden = false;
    try {
      for (const file of uploads.files) if (await send(file) === false) break;
    } catch {
      return left() || form.submit();
    }
    if (!left()) location.assign(form.action);
  });
})();
