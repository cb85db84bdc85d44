(() => {
  const links = document.querySelectorAll("a[data-cita-free]");
  const day = (ahead) => new Date(Date.now() + ahead * 864e5).toISOString().slice(0, 10);
  for (const link of links) {
    const home = new URL(link.href), language = home.searchParams.get("lang") || "es";
    fetch(`${home.origin}/api/slots?from=${day(0)}&to=${day(30)}&language=${language}`)
      .then((answer) => answer.json())
      .then(({ starts, zone }) => {
        if (!starts[0]) return;
        const words = { weekday: "long", day: "numeric", month: "long", timeZone: zone };
        const first = new Date(starts[0]).toLocaleDateString(language, words);
        const note = document.createElement("small");
        note.textContent = link.dataset.citaFree.replace("{day}", first);
        link.after(" ", note);
      })
      .catch(() => {});
  }
})();
