/// The report's style sheet, readable on screen and on paper.
enum Stylesheet {
    static let css = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; background: #fff; color: #1a1a1a;
          font: 15px/1.45 system-ui, "DejaVu Sans", Arial, sans-serif;
          print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        main { max-width: 1240px; margin: 0 auto; padding: 20px; }
        h1 { font-size: 1.7em; margin: 0 0 .4em; }
        h2 { font-size: 1.2em; margin: 1.8em 0 .5em; padding-bottom: .2em;
          border-bottom: 1px solid #bbb; }
        p { margin: .4em 0; max-width: 80em; }
        dl, dd, figure { margin: 0; }
        small, figcaption { color: #444; font-size: .87em; }
        .warning { border-left: 4px solid #c26a00; padding: .3em .7em; background: #fff4e3; }
        .facts { display: grid; grid-template-columns: repeat(2, 1fr); gap: .1em 2em; }
        .facts div { display: flex; gap: .6em; }
        .facts dt { flex: 0 0 5em; color: #444; }
        .facts .wide { grid-column: 1 / -1; overflow: visible; }
        .facts dd { overflow-wrap: anywhere; }
        .figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; }
        .figures div { border: 1px solid #bbb; border-radius: 4px; padding: .6em .8em; }
        .figures dt { color: #444; font-size: .87em; }
        .figures dd { color: #444; font-size: .87em; }
        .figures dd.value { color: #1a1a1a; font-size: 1.45em; font-weight: 600; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9em; margin: .4em 0; }
        caption { text-align: left; color: #444; padding: .2em 0; }
        th, td { padding: .25em .6em; border-bottom: 1px solid #ddd; text-align: left;
          vertical-align: top; }
        thead th { border-bottom: 2px solid #888; vertical-align: bottom; }
        tbody th { font-weight: 600; white-space: nowrap; }
        td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        tr.total th, tr.total td { border-top: 2px solid #888; font-weight: 600; }
        td.heat-1 { background: #e6f0fa; } td.heat-2 { background: #cfe1f3; }
        td.heat-3 { background: #b3d0eb; } td.heat-4 { background: #95bde1; }
        td.heat-5 { background: #78aad6; } td.heat-6 { background: #5f98cb; }
        .legend { list-style: none; display: flex; font-size: .93em; flex-wrap: wrap; gap: .2em 1.4em; padding: 0;
          margin: .5em 0; }
        .swatch { display: inline-block; width: .9em; height: .9em; border: 1px solid #666;
          vertical-align: -.08em; }
        svg { display: block; width: 100%; height: auto; }
        svg text { font-size: 11px; fill: #333; }
        .layers label { margin: 0 1.6em 0 .3em; }
        #show-primary:checked ~ figure .secondary { display: none; }
        #show-secondary:checked ~ figure .primary { display: none; }
        .sky { fill: #f7f7f7; stroke: #666; }
        .graticule { fill: none; stroke: #ccc; stroke-width: .7; }
        .ecliptic { fill: none; stroke: #555; stroke-width: 1; stroke-dasharray: 5 4; }
        .graticule, .ecliptic { vector-effect: non-scaling-stroke; }
        .tiles path { stroke-width: 6; }
        .degrees text { fill: #555; }
        .frame { fill: none; stroke: #444; stroke-width: .8; }
        svg .letter { font-weight: 600; font-size: 13px; paint-order: stroke; stroke: #fff;
          stroke-width: 3px; }
        .region { border: 1px solid #666; background: #f7f7f7; }
        .owners text { font-size: 12px; font-weight: 600; fill: #000; paint-order: stroke;
          stroke: #fff; stroke-width: 3px; stroke-linejoin: round; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(360px, 1fr));
          gap: 16px 20px; }
        .charts figcaption b { color: #1a1a1a; font-size: 1.1em; }
        .charts figcaption small { display: block; }
        .charts figure, .figures div, tr { break-inside: avoid; }
        .charts svg { margin-top: .3em; }
        .load .grid { stroke: #ddd; stroke-width: .7; }
        .load .axis { stroke: #666; }
        rect.outage { fill: #000; fill-opacity: .13; }
        rect.band { fill: #ddcc77; fill-opacity: .75; }
        rect.observations { fill: #004488; }
        rect.tiles { fill: #88b4e0; }
        line.target { stroke: #000; stroke-width: 1.2; }
        path.capacity { fill: none; stroke: #aa2233; stroke-width: 1.4; }
        .swatch.outage { background: #dedede; } .swatch.band { background: #ddcc77; }
        .swatch.observations { background: #004488; } .swatch.tiles { background: #88b4e0; }
        .swatch.target { border: 0; border-top: 2px solid #000; height: 0; vertical-align: .3em; }
        .swatch.capacity { border: 0; border-top: 2px solid #aa2233; height: 0;
          vertical-align: .3em; }
        .terms { columns: 2; column-gap: 2.5em; font-size: .9em; }
        .terms div { break-inside: avoid; margin-bottom: .35em; }
        .terms dt { font-weight: 600; }
        @media (max-width: 800px) {
          .figures, .facts { grid-template-columns: repeat(2, 1fr); } .facts { display: block; }
          .terms { columns: 1; }
        }
        @media print { main { max-width: none; padding: 0; } .layers input, .layers label,
          .layers .legend .secondary { display: none; } .wide { overflow: visible; } }

        """
}
