(() => {
  const form = document.getElementById("leave"), still = document.getElementById("still");
  const blank = (to) => {
    document.body.hidden = true;
    location.replace(to);
  };
  const send = (form) => fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" }).catch(() => {});
  const leave = () => {
    document.body.hidden = true;
    if (!form.dataset.to) return form.submit();
    send(form);
    blank(form.dataset.to);
  };
  let last = "", times = 0;
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    times = event.key === last ? times + 1 : 1;
    last = event.key;
    if (form && times === 3 && (last === "Shift" || last === "Escape")) leave();
  });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.getElementById("errors")?.focus();
  for (const box of document.querySelectorAll("[data-most]")) {
    const left = document.createElement("p");
    const count = () => { left.textContent = `${[...box.value].length} / ${box.dataset.most}`; };
    left.className = "hint";
    box.after(left);
    box.addEventListener("input", count);
    count();
  }
  if (!still) return;
  let stirred = Date.now(), told = stirred;
  const look = () => {
    const now = Date.now(), idle = (now - stirred) / 1000;
    if (idle >= still.dataset.ends) return blank("/x");
    if (idle >= still.dataset.asks) return still.open || still.showModal();
    still.close();
    if (stirred > told && now - told > 60000) {
      told = now;
      send(still.querySelector("form"));
    }
  };
  const stir = () => {
    if (Date.now() - stirred < still.dataset.ends * 1000) stirred = Date.now();
  };
  for (const kind of ["keydown", "pointerdown", "input", "scroll"]) addEventListener(kind, stir, { capture: true, passive: true });
  for (const kind of ["visibilitychange", "pageshow"]) addEventListener(kind, look);
  still.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    stir();
    look();
  });
  setInterval(look, 5000);
})();
