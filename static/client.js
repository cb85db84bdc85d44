(() => {
  const form = document.getElementById("leave");
  const leave = () => {
    document.body.hidden = true;
    if (!form.dataset.to) return form.submit();
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
    location.replace(form.dataset.to);
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
})();
