// What the reader has chosen in the portal (web/src/ui/memory.ts) holds on the public pages, before they are drawn.
(() => {
  const { currentScript, documentElement: page } = document;
  const base = new URL(currentScript.src).pathname.replace(/\/pages\/[^/]*$/, "");
  const key = (name) => `find-helper${base}.${name}`;
  const recall = (name) => {
    try {
      return localStorage.getItem(key(name));
    } catch {
      return null;
    }
  };
  page.dataset.theme = recall("theme") ?? "system";
  // An address that names a language is read in it.
  const [language, address] = [recall("language"), new URL(location.href)];
  if (language && language !== page.lang && !address.searchParams.has("lang")) {
    address.searchParams.set("lang", language);
    location.replace(address);
  }
  document.addEventListener("click", ({ target }) => {
    const chosen = target.closest(".language")?.hreflang;
    try {
      if (chosen) localStorage.setItem(key("language"), chosen);
    } catch {
      // The address says it as well.
    }
  });
})();
