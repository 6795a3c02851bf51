/* What script adds to the report: items found by id, the tile under the pointer, a slider over the
   weeks, and the figures' numbers on paper.  Without it the page is whole; it loads nothing. */
(async () => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  /* On paper nothing can be unfolded: the figures' numbers are printed with them. */
  const folds = document.querySelectorAll("figcaption details:not([open])");
  addEventListener("beforeprint", () => folds.forEach((fold) => { fold.open = true; }));
  addEventListener("afterprint", () => folds.forEach((fold) => { fold.open = false; }));
  const packed = Uint8Array.from(atob(byId("look-up-data").textContent), (c) => c.charCodeAt(0));
  const data = await new Response(
    new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  const { observations, tiles } = data;
  data.overlaps.forEach((list) => list.forEach((_, n) => { if (n) list[n] += list[n - 1]; }));
  const tilesOf = observations.ids.map(() => []);
  data.overlaps.forEach((list, tile) => list.forEach((o) => tilesOf[o].push(tile)));
  const places = (items) => new Map(items.ids.map((id, n) => [id, n]));
  const find = { tile: places(tiles), observation: places(observations) };
  const reasons = {
    survey: "it is new, or the survey changed it or what overlaps it",
    maintenance: "maintenance", capacity: "the capacity of SDCs",
    pin: "pins and prohibitions", free: "nothing but its gain",
  };

  const make = (name, ...content) => {
    const element = document.createElement(name);
    element.append(...content);
    return element;
  };
  const owner = (n) => n < 0 ? "an SDC of the base" : data.sdcs[n];
  const owners = (items, n) => `${owner(items.primaries[n])} / ${owner(items.secondaries[n])}`;
  const list = (words) => words.length < 2 ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

  /* ---- Look-up ---- */

  const table = (caption, kind, items, numbers) => {
    const head = make("tr", ...["Item", "Primary", "Secondary", "Bucket"].map((name) => {
      const cell = make("th", name);
      cell.scope = "col";
      return cell;
    }));
    const rows = numbers.map((n) => {
      const button = make("button", `${kind} ${items.ids[n]}`);
      button.type = "button";
      button.onclick = () => show(kind, n);
      const first = make("th", button);
      first.scope = "row";
      return make("tr", first, make("td", owner(items.primaries[n])),
        make("td", owner(items.secondaries[n])), make("td", data.buckets[items.buckets[n]]));
    });
    return make("table", make("caption", caption), make("thead", head), make("tbody", ...rows));
  };

  const changed = (items, n) => {
    const cause = items.causes[n];
    if (!cause) return "";
    const was = items.earlier[n];
    return ` It changed against the base; the cause: ${reasons[cause] ?? cause}.`
      + (was ? ` Before it was at ${owner(was[0])} / ${owner(was[1])}.` : "");
  };

  /* Of the observations of a tile, those that an SDC holds no replica of. */
  const missing = (tile, sdc) => data.overlaps[tile].filter(
    (o) => observations.primaries[o] !== sdc && observations.secondaries[o] !== sdc);

  const tileReason = (n) => {
    const [first, second] = [tiles.primaries[n], tiles.secondaries[n]];
    const all = data.overlaps[n].length;
    const copied = missing(n, first).length;
    const fetched = data.fetched[n].map((s) => data.surveys[s]);
    return `${owner(first)} holds a replica of ${all - copied} of its ${all} observations; `
      + `${copied} are copied to it. `
      + (fetched.length ? `It has to fetch ${list(fetched)} for it. `
        : "It has no external data to fetch for it. ")
      + `Failover to ${owner(second)} would need ${missing(n, second).length} more copies.`;
  };

  const observationReason = (n) => {
    const [first, second] = [observations.primaries[n], observations.secondaries[n]];
    const mine = tilesOf[n];
    const held = mine.filter((t) => [first, second].includes(tiles.primaries[t])).length;
    const copies = data.copies[n].map(owner);
    return `Its SDCs are primary of ${held} of its ${mine.length} tiles. `
      + (copies.length ? `It is copied to ${list(copies)}, which own the others.`
        : "It is copied to none.");
  };

  const around = (tile) => {
    const limit = 1.6 * data.side * 100;
    return tiles.ids.map((_, n) => n).filter((n) => {
      const down = data.dec[n] - data.dec[tile];
      if (n === tile || Math.abs(down) > limit) return false;
      const turn = ((data.ra[n] - data.ra[tile] + 54000) % 36000) - 18000;
      const across = turn * Math.cos(data.dec[tile] * Math.PI / 18000);
      return Math.hypot(across, down) < limit;
    });
  };

  const show = (kind, n) => {
    const items = kind === "tile" ? tiles : observations;
    const parts = [
      make("p", make("b", `${kind} ${items.ids[n]}: ${owners(items, n)}`),
        `, in the bucket of ${data.buckets[items.buckets[n]]}. `
        + (kind === "tile" ? tileReason(n) : observationReason(n)) + changed(items, n)),
    ];
    if (kind === "tile") {
      parts.push(table("Its observations", "observation", observations, data.overlaps[n]),
        table("Neighbouring tiles", "tile", tiles, around(n)));
    } else {
      parts.push(table("Its tiles", "tile", tiles, tilesOf[n]));
    }
    byId("look-up-answer").replaceChildren(...parts);
    byId("look-up-id").value = items.ids[n];
  };

  byId("look-up").hidden = false;
  byId("look-up").addEventListener("submit", (event) => {
    event.preventDefault();
    const id = byId("look-up-id").value.trim().replace(/^(tile|observation)\s+/, "");
    const found = ["tile", "observation"].filter((kind) => find[kind].has(id));
    if (found.length) {
      show(found[0], find[found[0]].get(id));
    } else {
      byId("look-up-answer").replaceChildren(
        make("p", `This plan has no observation and no tile ${id}.`));
    }
  });

  /* ---- The sky ---- */

  const side = 540, radius = 236, degree = Math.PI / 180;
  const zenithal = (ra, dec, pole) => {
    const sign = pole === "north" ? 1 : -1;
    const r = 2 * Math.sin((90 - sign * dec) * degree / 2) / Math.SQRT2 * radius;
    return [side / 2 + sign * r * Math.sin(ra * degree), side / 2 + r * Math.cos(ra * degree)];
  };
  const poles = data.dec.map((dec) => dec >= 0 ? "north" : "south");
  const points = data.ra.map((ra, n) => zenithal(ra / 100, data.dec[n] / 100, poles[n]));

  /* A tile's outline: true to scale along and across the meridian. */
  const outline = (n) => {
    const [x, y] = points[n];
    const [dx, dy] = [x - side / 2, y - side / 2];
    const r = Math.hypot(dx, dy) || 1;
    const half = r / Math.SQRT2 / radius;
    const unit = data.side * degree * radius / Math.SQRT2 / 2;
    const along = unit * Math.sqrt(Math.max(0.1, 1 - half * half));
    const across = unit * unit / along;
    const [ux, uy, vx, vy] = [dx / r * along, dy / r * along, -dy / r * across, dx / r * across];
    const corner = (a, b) => `${((x + a * ux + b * vx) * 10).toFixed(0)} `
      + ((y + a * uy + b * vy) * 10).toFixed(0);
    return `M${corner(1, 1)}L${corner(1, -1)}L${corner(-1, -1)}L${corner(-1, 1)}z`;
  };

  const map = document.querySelector("svg.map");
  const mollweide = (n) => {
    const aim = Math.PI * Math.sin(data.dec[n] / 100 * degree);
    let t = data.dec[n] / 100 * degree;
    for (let i = 0; i < 40 && Math.abs(t) < 3.14; i++) {
      t -= (t + Math.sin(t) - aim) / Math.max(1e-9, 1 + Math.cos(t));
    }
    const turn = ((data.ra[n] / 100 - map.dataset.centre + 540) % 360) - 180;
    return [600 - turn / 90 * Math.cos(t / 2) * 285, 310 - Math.sin(t / 2) * 285];
  };

  const regions = [...document.querySelectorAll(".cap .owned[id]:not(.week)")].map((group) => {
    const frame = group.getBBox();
    return { group, frame, pole: group.closest("[data-pole]").dataset.pole };
  });
  const regionOf = (n) => regions.find(({ frame, pole }) => {
    const [x, y] = [points[n][0] * 10, points[n][1] * 10];
    return pole === poles[n] && x >= frame.x && x <= frame.x + frame.width
      && y >= frame.y && y <= frame.y + frame.height;
  });

  /* The tiles of a week as paths by owners, as the page's own are. */
  const paths = (numbers, shape) => {
    const pairs = Map.groupBy ? Map.groupBy(numbers, (n) => owners(tiles, n)) : new Map();
    if (!Map.groupBy) {
      numbers.forEach((n) => {
        const pair = owners(tiles, n);
        pairs.set(pair, [...(pairs.get(pair) ?? []), n]);
      });
    }
    const swatches = document.querySelectorAll(".layers > .legend .swatch");
    const colour = (sdc) => swatches[sdc].style.backgroundColor;
    return [...pairs].map(([pair, mine]) => {
      const path = document.createElementNS(map.namespaceURI, "path");
      path.setAttribute("d", mine.map(shape).join(""));
      path.style.color = colour(tiles.primaries[mine[0]]);
      path.style.setProperty("--by-s", colour(tiles.secondaries[mine[0]]));
      const title = document.createElementNS(map.namespaceURI, "title");
      title.textContent = pair;
      path.append(title);
      return path;
    });
  };

  const layers = document.querySelector(".layers");
  const weeks = byId("weeks");
  const slider = make("input");
  slider.type = "range";
  slider.min = 0;
  slider.max = data.buckets.length;
  slider.value = 0;
  slider.id = "week";
  const label = make("label", "Tiles that are ready in one bucket");
  label.htmlFor = "week";
  const shown = make("output", "all");
  const pointed = make("p", "The tile under the pointer is told here.");
  pointed.className = "pointed";
  const chooseWeek = () => {
    const week = slider.value - 1;
    const mine = week < 0 ? [] : tiles.ids.map((_, n) => n).filter((n) => tiles.buckets[n] === week);
    shown.value = week < 0 ? "all"
      : `${data.buckets[week]}: ${mine.length} ${mine.length === 1 ? "tile" : "tiles"}`;
    slider.setAttribute("aria-valuetext", shown.value);
    layers.style.setProperty("--all-part", week < 0 ? 1 : 0.12);
    regions.forEach((region) => { region.tiles = []; });
    mine.forEach((n) => regionOf(n)?.tiles.push(n));
    regions.forEach(({ group, tiles: numbers }) => {
      byId(`${group.id}-week`).replaceChildren(...paths(numbers, outline));
    });
    byId("map-week").replaceChildren(...paths(mine, (n) => {
      const [x, y] = mollweide(n);
      return `M${(x - 1.2).toFixed(1)} ${(y - 1.2).toFixed(1)}h2.4v2.4h-2.4z`;
    }));
  };
  slider.addEventListener("input", chooseWeek);
  weeks.append(label, slider, shown, pointed);
  weeks.hidden = false;

  /* The tiles by cells of the hemispheres' drawings, to find the one under the pointer. */
  const cells = new Map();
  const cell = (x, y, pole) => `${pole} ${Math.floor(x / 4)} ${Math.floor(y / 4)}`;
  points.forEach(([x, y], n) => {
    const key = cell(x, y, poles[n]);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(n);
  });
  const nearest = (x, y, pole) => {
    let best = -1, least = 1.6;
    for (const dx of [-4, 0, 4]) {
      for (const dy of [-4, 0, 4]) {
        for (const n of cells.get(cell(x + dx, y + dy, pole)) ?? []) {
          const distance = Math.hypot(points[n][0] - x, points[n][1] - y);
          if (distance < least) [best, least] = [n, distance];
        }
      }
    }
    return best;
  };
  const under = (event) => {
    const drawing = event.target.closest?.("[data-pole]");
    const matrix = drawing?.getScreenCTM();
    if (!matrix) return -1;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return nearest(at.x, at.y, drawing.dataset.pole);
  };
  layers.addEventListener("pointermove", (event) => {
    const tile = under(event);
    if (tile >= 0) {
      pointed.textContent = `Tile ${tiles.ids[tile]}: primary ${owner(tiles.primaries[tile])},`
        + ` secondary ${owner(tiles.secondaries[tile])}, ready in the bucket of`
        + ` ${data.buckets[tiles.buckets[tile]]}.`;
    }
  });
  layers.addEventListener("click", (event) => {
    const tile = under(event);
    if (tile >= 0) show("tile", tile);
  });
})();
