// The dashboard works without this file: it draws charts, switches the theme at once and submits filters when they change.

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

/** Loads the chart library once, when the first chart needs it. */
let library;
const loadLibrary = (source) =>
  (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => reject(new Error("The chart library did not load; the table has the same amounts."));
    document.head.append(script);
  }));

/** A chart of amounts. Its data is the JSON inside of it; the drawing lies in a shadow root, which enhanced navigation leaves alone. */
class CostChart extends HTMLElement {
  #place;
  #chart;
  #drawn;
  #places = [];
  #watching;

  connectedCallback() {
    if (!this.#place) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block} .place{width:100%;height:100%}");
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.#place = root.appendChild(element("div", "place"));
    }
    this.#watching = new ResizeObserver(() => this.#chart?.resize());
    this.#watching.observe(this);
    this.refresh();
  }

  disconnectedCallback() {
    this.#watching?.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#drawn = undefined;
  }

  /** Draws, unless the same is drawn already. */
  async refresh() {
    const json = this.querySelector("script")?.textContent ?? "";
    const key = `${isDark()} ${json}`;
    if (!json) return;
    if (key === this.#drawn) {
      this.dataset.drawn = "true";
      return;
    }
    this.#drawn = key;
    const echarts = await loadLibrary(this.getAttribute("lib")).catch((error) => this.#fail(error));
    if (!echarts || !this.isConnected || key !== this.#drawn) return;
    this.#place.textContent = "";
    delete this.dataset.failed;
    if (!this.#chart) {
      this.#chart = echarts.init(this.#place, null, { renderer: "canvas" });
      // The whole height of a place leads there: some columns are too low to be hit.
      const area = this.#chart.getZr();
      area.on("click", (event) => visit(this.#addressAt(event)));
      area.on("mousemove", (event) => this.#addressAt(event) && area.setCursorStyle("pointer"));
    }
    const data = JSON.parse(json);
    this.#chart.setOption(options(data, colours(), this.clientWidth), { notMerge: true });
    this.#places = data.places;
    this.dataset.drawn = "true";
  }

  #addressAt({ offsetX, offsetY }) {
    if (!this.#chart.containPixel("grid", [offsetX, offsetY])) return undefined;
    return this.#places[this.#chart.convertFromPixel({ xAxisIndex: 0 }, offsetX)]?.href;
  }

  /** Says so where the drawing would be, and opens the table that has the same. */
  #fail(error) {
    this.#drawn = undefined;
    library = undefined;
    this.#place.textContent = error.message;
    this.dataset.failed = "true";
    const table = this.closest("figure")?.querySelector("details");
    if (table) table.open = true;
  }
}

const visit = (href) => {
  if (!href) return;
  if (globalThis.Blazor?.navigateTo) globalThis.Blazor.navigateTo(href);
  else location.assign(href);
};

const colours = () => {
  // Custom properties hold light-dark() pairs: only a used value is a colour.
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const used = (name) => {
    probe.className = `probe-${name}`;
    return getComputedStyle(probe).color;
  };
  const names = ["ink", "ink-2", "line", "card", "bad", "hover", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12"];
  const found = Object.fromEntries(names.map((name) => [name, used(name)]));
  probe.remove();
  return found;
};

/** Pixels of a name beside a chart; a longer one is cut there, and whole in the table. */
const MaxName = 220;

/** How many lines the names of the series take beside their marks, the gap between two included. */
const legendLines = (data, font, width) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  let lines = 1;
  let used = 0;
  for (const { name } of data.series) {
    const wide = Math.min(pen.measureText(name).width, MaxName) + 31;
    if (used > 0 && used + wide - 16 > width) {
      lines++;
      used = 0;
    }
    used += wide;
  }
  return lines;
};

const options = (data, colour, width) => {
  const stacked = data.kind === "columns";
  const lines = legendLines(data, `12px ${getComputedStyle(document.body).fontFamily}`, width);
  const text = { color: colour["ink-2"], fontFamily: "inherit", fontSize: 12 };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 4, right: 12, top: data.series.length < 2 ? 16 : lines === 2 ? 62 : 40, bottom: 4, containLabel: true },
    // A few names wrap once; of more the reader turns the pages.
    legend: data.series.length > 1 ? { type: lines > 2 ? "scroll" : "plain", left: 0, top: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: "roundRect", textStyle: { ...text, width: MaxName, overflow: "truncate" }, pageIconColor: colour["ink-2"], pageIconInactiveColor: colour.line, pageTextStyle: text } : undefined,
    tooltip: {
      trigger: "axis",
      axisPointer: { type: stacked ? "shadow" : "line", shadowStyle: { color: colour.hover, opacity: 0.6 }, lineStyle: { color: colour.line } },
      // Out of the shadow, where the stylesheet reaches it.
      appendTo: "#chart-tips",
      confine: true,
      // A node with classes: the library's own card is made of style attributes, which the page's policy refuses.
      className: "chart-tip",
      backgroundColor: colour.card,
      borderColor: colour.line,
      padding: 0,
      formatter: (items) => tip(data, items),
    },
    xAxis: {
      type: "category",
      data: data.places.map((place) => place.label),
      boundaryGap: stacked,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour.line } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      splitNumber: 4,
      splitLine: { lineStyle: { color: colour.line } },
      axisLabel: { ...text, formatter: money },
    },
    series: data.series.map((series) => ({
      name: series.name,
      type: stacked ? "bar" : "line",
      stack: stacked ? "all" : undefined,
      barMaxWidth: 26,
      barCategoryGap: "32%",
      cursor: data.places.some((place) => place.href) ? "pointer" : "default",
      itemStyle: { color: colour[`s${series.colour}`] },
      lineStyle: { width: 2, color: colour[`s${series.colour}`] },
      symbol: "circle",
      symbolSize: data.places.length > 60 ? 0 : 5,
      connectNulls: true,
      emphasis: { focus: "none" },
      data: series.values.map((value, index) =>
        series.marked?.includes(index)
          ? { value: value === null ? null : Number(value), symbolSize: 11, itemStyle: { color: colour.bad }, label: { show: true, position: "top", formatter: "\u25b2", color: colour.bad } }
          : value === null ? null : Number(value)),
    })),
  };
};

/** An axis needs round figures only; amounts themselves come as text. */
const money = (value) => {
  if (value === 0) return "$0";
  if (Math.abs(value) >= 1000000) return `$${(value / 1000000).toLocaleString("en", { maximumFractionDigits: 1 })}M`;
  if (Math.abs(value) >= 1000) return `$${(value / 1000).toLocaleString("en", { maximumFractionDigits: 1 })}k`;
  return `$${value.toLocaleString("en", { maximumSignificantDigits: 3 })}`;
};

const tip = (data, items) => {
  const index = items[0].dataIndex;
  const card = element("div", "tip");
  card.append(element("strong", "", data.places[index].title));
  const list = card.appendChild(element("dl"));
  for (const item of [...items].reverse()) {
    const series = data.series[item.seriesIndex];
    const amount = series.texts[index];
    if (amount === null || Number(series.values[index]) === 0) continue;
    const name = list.appendChild(element("dt", `c${series.colour}`));
    name.append(element("i"), element("bdi", "", series.name));
    list.append(element("dd", "", amount));
    if (series.marked?.includes(index)) list.append(element("dt", "", "\u25b2 stands out"), element("dd"));
  }
  if (data.totals && data.series.length > 1) {
    list.append(element("dt", "total", "Total"), element("dd", "total", data.totals[index]));
  }
  return card;
};

const element = (name, className = "", text = "") => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

customElements.define("cost-chart", CostChart);

const refreshCharts = () => document.querySelectorAll("cost-chart").forEach((chart) => chart.refresh());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refreshCharts);
/** A page that takes its time shows that it is on its way: enhanced navigation has nothing of the browser's own. */
const loading = (isLoading) => {
  document.documentElement.toggleAttribute("data-loading", isLoading);
  document.querySelector("main")?.setAttribute("aria-busy", isLoading);
};
globalThis.Blazor?.addEventListener("enhancednavigationstart", () => loading(true));
globalThis.Blazor?.addEventListener("enhancednavigationend", () => loading(false));
// A server that is away: what is open stays, with what was filled in, and says so.
addEventListener("unhandledrejection", () => {
  if (!document.documentElement.hasAttribute("data-loading")) return;
  loading(false);
  const notice = element("p", "notice bad");
  notice.setAttribute("role", "alert");
  const again = element("a", "", "Load the page again");
  again.href = location.href;
  again.dataset.enhanceNav = "false";
  notice.append(element("span", "", "The server did not answer."), again);
  document.querySelector("main > .notice.bad")?.remove();
  document.querySelector("main")?.prepend(notice);
});
globalThis.Blazor?.addEventListener("enhancedload", () => {
  keepTheme();
  refreshCharts();
  keepLive();
});

/** While something runs, its part of the page is asked for again and put in anew; where nothing runs any more, that ends it. */
let nextLook;
const keepLive = () => {
  clearTimeout(nextLook);
  const part = document.querySelector("[data-live]");
  if (part) nextLook = setTimeout(() => lookAgain(part), 1000 * Number(part.dataset.live));
};

const lookAgain = async (part) => {
  // Nobody loses their place: neither the focus nor an open list is taken from under the reader.
  if (!document.hidden && !part.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!part.isConnected || !fresh) return;
      part.replaceWith(document.adoptNode(fresh));
    } catch {
      // The server is away for a moment: the next look may find it.
    }
  }
  keepLive();
};

/** A popover closes by a click elsewhere, by Escape below, and when the keyboard leaves it: it would hide where the focus went. */
const closePopovers = (target) => {
  for (const open of document.querySelectorAll("details.popover[open]")) if (!open.contains(target)) open.open = false;
};

document.addEventListener("focusin", (event) => {
  closePopovers(event.target);
  if (event.target.matches?.("input[data-select]")) event.target.select();
});

/** The chosen theme outlives the page: the server reads the cookie and renders accordingly. */
const keepTheme = () => {
  const chosen = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
  if (chosen) document.documentElement.dataset.theme = chosen;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch]");
  if (button) {
    event.preventDefault();
    const theme = isDark() ? "light" : "dark";
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    keepTheme();
    refreshCharts();
  }
  if (event.target.closest("[data-print]")) print();
  closePopovers(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.popover[open], details.menu[open]")) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

keepLive();
