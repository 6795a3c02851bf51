/// The one style sheet of all pages: light or dark as the reader's system is, on screens from 360 to
/// 1,600 pixels wide and on paper.
///
/// It loads nothing.  Colours are variables, so that drawings within a page follow it.
public enum Stylesheet {
    /// The whole of it.
    public static let css =
        colours + page + tables + figures + drawings + screens + edges + paper

    /// The grounds and inks; paper is always light.  Text has a contrast of at least 4.5 on each of
    /// the grounds (WCAG 2.1, 1.4.3).
    private static let colours = """
        :root { --ground: #ffffff; --panel: #f2f5f9; --ink: #1a2433;
          --quiet: #475467; --line: #d3dae4; --strong: #7a8798; --link: #0b57a4;
          --remark: #fff3d6; --mark: #b35c00; --good: #1d6b3a; --bad: #b3261e;
          --observations: #1f4e8c; --tiles: #8fb8e3; --band: #e6d690; --closed: #d9dde3;
          --capacity: #b3261e; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --ground: #11161d; --panel: #1b232d; --ink: #e7ecf3;
            --quiet: #b0bac8; --line: #36414f; --strong: #8290a3; --link: #82bbff;
            --remark: #3a2f12; --mark: #f0a94a; --good: #6fd08c; --bad: #ff8a80;
            --observations: #82bbff; --tiles: #33618f; --band: #5d5428; --closed: #333d4a;
            --capacity: #ff8a80; } }

        """

    private static let page = """
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, "DejaVu Sans", Arial, sans-serif;
          -webkit-print-color-adjust: exact; }
        body > header, body > footer { background: var(--panel);
          padding: .6rem max(1.5rem, 50% - 41.5rem); }
        main { max-width: 86rem; margin: 0 auto; padding: .75rem 1.5rem 2rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-bottom: .2rem;
          border-bottom: 1px solid var(--strong); }
        p { margin: .4rem 0; max-width: 75ch; }
        dl, dd, figure { margin: 0; }
        small { color: var(--quiet); font-size: .87em; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        code { background: var(--panel); padding: .1rem .3rem; overflow-wrap: anywhere; }
        code.command { white-space: nowrap; }
        summary { cursor: pointer; color: var(--link); padding: .15rem 0; }
        p.remark, p.warning { background: var(--remark); border-left: 4px solid var(--mark);
          padding: .4rem .8rem; }
        p.verdict { font-size: 1.2rem; line-height: 1.4; padding: .6rem .9rem; max-width: none;
          background: var(--panel); border-left: 6px solid var(--good); }
        p.verdict.refused { border-left-color: var(--bad); }
        p.verdict.past { border-left-color: var(--mark); }
        form { display: flex; gap: .6rem; flex-wrap: wrap; align-items: end; }
        label { display: grid; }
        input, select, button { font: inherit; max-width: 100%; }
        meter { width: 8rem; }
        .facts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .1rem 2rem; }
        .facts dl { display: flex; gap: .6rem; }
        .facts dt { flex: 0 0 6rem; color: var(--quiet); }
        .facts dd { overflow-wrap: anywhere; }
        .facts .whole { grid-column: 1 / -1; }
        .figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .75rem; }
        .figures dl { border: 1px solid var(--strong); border-radius: 4px; padding: .5rem .75rem; }
        .figures dt, .figures dd { color: var(--quiet); font-size: .87rem; }
        .figures dd.value { color: var(--ink); font-size: 1.4rem; line-height: 1.3;
          font-weight: 600; }
        .terms { columns: 2; column-gap: 2.5rem; font-size: .9em; }
        .terms dl { break-inside: avoid; margin-bottom: .35rem; }
        .terms dt { font-weight: 600; }

        """

    private static let tables = """
        .wide { overflow-x: auto; position: relative; }
        table { border-collapse: collapse; font-size: .93em; margin: .5rem 0; }
        caption { text-align: left; color: var(--quiet); padding: .2rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .2rem .9rem .2rem 0;
          border-bottom: 1px solid var(--line); }
        thead th { border-bottom: 2px solid var(--strong); vertical-align: bottom; }
        tbody th { white-space: nowrap; }
        td { font-variant-numeric: tabular-nums; }
        .short, td.number { white-space: nowrap; }
        th.number, td.number { text-align: right; }
        .long { min-width: 12rem; }
        tr.total th, tr.total td { border-top: 2px solid var(--strong); font-weight: 600; }
        td[class*="heat-"] { padding-left: .4rem; }
        td.heat-1 { background: rgb(63 144 218 / .1); } td.heat-2 { background: rgb(63 144 218 / .2); }
        td.heat-3 { background: rgb(63 144 218 / .3); } td.heat-4 { background: rgb(63 144 218 / .4); }
        td.heat-5 { background: rgb(63 144 218 / .5); } td.heat-6 { background: rgb(63 144 218 / .6); }
        .swatch { display: inline-block; width: .9em; height: .9em; border: 1px solid var(--strong);
          vertical-align: -.08em; }

        """

    private static let figures = """
        .pair { display: grid; gap: 1.2rem 1.5rem; margin-top: 1.2rem;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
        figcaption { margin-top: .4rem; color: var(--quiet); font-size: .93em; }
        figcaption b, figcaption .finding { color: var(--ink); }
        .finding { font-weight: 600; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0;
          margin: .5rem 0; font-size: .93em; }
        .charts { display: grid; gap: 1.2rem 1.5rem;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
        .swatch.outage { background: var(--closed); } .swatch.band { background: var(--band); }
        .swatch.observations { background: var(--observations); }
        .swatch.tiles { background: var(--tiles); }
        .swatch.target, .swatch.capacity { border: 0; height: 0; vertical-align: .3em;
          border-top: 2px solid var(--ink); }
        .swatch.capacity { border-top-color: var(--capacity); }
        .swatch.wait { background: var(--remark); border-color: var(--mark); }
        .swatch.mercopies { background: var(--capacity); }
        .swatch.received { background: var(--observations); }
        .swatch.sent { background: var(--tiles); }
        figure.beside { display: flex; flex-direction: column; gap: .3rem; margin: 1.8rem 0; }
        figure.beside .title { margin: 0; } figure.beside figcaption { order: 1; }
        figure.beside .panels { order: 2; }
        figure.beside > .wide, figure.beside > .numbers { order: 3; }
        figure.beside td, figure.beside th { padding-right: .8rem; font-size: .93em; }
        .panels { display: grid; gap: .2rem 1.5rem;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); }
        .panels p { margin: .3rem 0 0; }
        .enlarged { display: flex; flex-wrap: wrap; gap: 1.2rem 1.5rem; align-items: flex-start; }
        .enlarged figure { max-width: 100%; }
        .layers > span { margin-right: .4em; }
        .layers > label { display: inline; margin: 0 1.6em 0 .3em; }
        #weeks { margin: .5rem 0; } #weeks input { width: min(30rem, 100%); }
        #weeks output { margin-left: .6rem; } .pointed { min-height: 1.5em; }
        #show-primary:checked ~ * .secondary { display: none; }
        #show-secondary:checked ~ * .primary { display: none; }
        #show-changed:checked ~ * .secondary { display: none; }
        #look-up-answer button { font: inherit; color: var(--link); background: none; border: 0;
          padding: 0; text-decoration: underline; cursor: pointer; }

        """

    /// Tiles carry the colours of both owners: the primary's as their own, the secondary's as a
    /// variable.  Which is shown is a variable that `use` elements inherit, as no selector reaches
    /// into them from outside: `currentColor`, or `initial` for what stands in its place.
    private static let drawings = """
        svg { display: block; width: 100%; max-width: 100%; height: auto; }
        svg text { font-size: 11px; fill: var(--ink); }
        svg.map { min-width: 44rem; }
        svg.search { min-width: 32rem; max-width: 52rem; }
        .sky { fill: var(--panel); stroke: var(--strong); }
        .graticule { fill: none; stroke: var(--line); stroke-width: .7; }
        .ecliptic { fill: none; stroke: var(--ink); stroke-width: 1; stroke-dasharray: 5 4; }
        .layers > * { --by-owner: currentColor; }
        #show-secondary:checked ~ * { --by-owner: initial; }
        #show-changed:checked ~ * { --kept-part: .12; }
        .owned path { fill: var(--by-owner, var(--by-s)); stroke: var(--by-owner, var(--by-s));
          stroke-width: 1.5; opacity: var(--all-part, 1); }
        .owned path.kept { fill-opacity: var(--kept-part, 1); stroke-opacity: var(--kept-part, 1); }
        .owned.week path { opacity: 1; stroke-width: .2; }
        .degrees text { fill: var(--quiet); }
        .frame { fill: none; stroke: var(--ink); stroke-width: .8; }
        svg .letter, .names text { font-weight: 600; font-size: 13px; }
        svg .halo { stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
        .names text { font-size: 12px; }
        .region { border: 1px solid var(--strong); background: var(--panel); }
        .load .grid { stroke: var(--line); stroke-width: .7; }
        .load .axis { stroke: var(--strong); }
        rect.outage { fill: var(--closed); }
        rect.band { fill: var(--band); }
        rect.observations { fill: var(--observations); stroke: var(--ink); stroke-width: .4; }
        rect.tiles { fill: var(--tiles); stroke: var(--ink); stroke-width: .4; }
        line.target { stroke: var(--ink); stroke-width: 1.2; }
        .receptions .axis, .storage .axis, .copies .axis { stroke: var(--strong); }
        .storage .grid, .copies .grid, .search .grid { stroke: var(--line); stroke-width: .7; }
        rect.closed { fill: var(--closed); }
        rect.wait { fill: var(--remark); stroke: var(--mark); stroke-width: .8; }
        path.arrivals { stroke: var(--observations); stroke-width: .8; fill: none; }
        path.stored { fill: var(--tiles); fill-opacity: .7; }
        path.growth { fill: none; stroke: var(--observations); stroke-width: 1.4; }
        svg.course { max-width: 36rem; }
        .course .axis { stroke: var(--strong); } .course .grid { stroke: var(--line); }
        path.due, path.expected { fill: none; stroke: var(--ink); stroke-width: 1.2;
          stroke-dasharray: 4 3; }
        path.expected { stroke: var(--observations); stroke-dasharray: none; }
        path.fan { fill: var(--band); stroke: none; }
        line.now { stroke: var(--strong); stroke-width: .8; }
        line.limit { stroke: var(--capacity); stroke-width: 1.4; }
        rect.mercopies { fill: var(--capacity); stroke: var(--ink); stroke-width: .4; }
        rect.received { fill: var(--observations); stroke: var(--ink); stroke-width: .4; }
        rect.sent { fill: var(--tiles); stroke: var(--ink); stroke-width: .4; }
        path.capacity { fill: none; stroke: var(--capacity); stroke-width: 1.4; }

        """

    private static let screens = """
        @media screen and (max-width: 52rem) {
          main, body > header, body > footer { padding-left: .75rem; padding-right: .75rem; }
          .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .figures dd.value { font-size: 1.15rem; }
          tbody th { white-space: normal; min-width: 6.5rem; }
          td:not(.number):not(.short) { min-width: 7rem; }
          svg.cap text { font-size: 15px; } svg.map text { font-size: 17px; }
          .layers > label::after { content: "\\a"; white-space: pre; }
          .facts { display: block; } .terms { columns: 1; }
          caption { max-width: calc(100vw - 1.5rem); position: sticky; left: 0; }
          .wide > table > * > tr > :first-child { position: sticky; left: 0; z-index: 1;
            background: var(--ground); } }

        """

    /// What is wider than a narrow screen shows so by a shade at each edge beyond which it goes on:
    /// the shades stand still, and what covers them at the ends moves with the content.
    private static let edges = """
        @media screen and (max-width: 70rem) {
          .wide, pre { --cover-ground: var(--ground); background-repeat: no-repeat; background-image:
            linear-gradient(to right, var(--cover-ground) 40%, transparent),
            linear-gradient(to left, var(--cover-ground) 40%, transparent),
            linear-gradient(to right, var(--strong) 0%, transparent),
            linear-gradient(to left, var(--strong) 0%, transparent);
            background-position: 0 0, 100% 0, 0 0, 100% 0;
            background-size: 2.4rem 100%, 2.4rem 100%, .7rem 100%, .7rem 100%;
            background-attachment: local, local, scroll, scroll; }
          pre { --cover-ground: var(--panel); } }

        """

    /// Only what is small stays on one page.
    private static let paper = """
        @media print {
          body { font-size: 10pt; }
          main { max-width: none; padding: 0; } .wide { overflow: visible; }
          svg.map, svg.search { min-width: 0; }
          form, #weeks, .layers > span, .layers > input, .layers > label,
          .layers .legend .secondary, figcaption summary { display: none; }
          .figures { gap: .4rem; } p { orphans: 3; widows: 3; }
          .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .panels { grid-template-columns: repeat(3, minmax(0, 1fr)); }
          .figures dl, tr, svg, .panels > *, .enlarged figure { break-inside: avoid; }
          h2, .title, .beside figcaption, .layers > p, caption, thead { break-after: avoid; }
          .beside figcaption { break-inside: avoid; }
          table { font-size: 8.5pt; } th, td { padding-right: .5rem; }
          td.number, th.number, tbody th { white-space: nowrap; } }

        """
}
