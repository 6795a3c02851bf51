/// The rules that pages of services have beside those of all pages.
public enum ServiceStyle {
    public static let css = """
        body > header { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; align-items: end; }
        body > header > a { font-weight: 600; }
        form.search label:first-child { flex: 1 1 16rem; }
        form.search { flex: 1 1 30rem; }
        form label { font-size: .87em; color: var(--quiet); }
        input:not([type=radio]), select, button { padding: .25rem .5rem; color: var(--ink); background: var(--ground);
          border: 1px solid var(--strong); border-radius: 3px; min-height: 2.1rem; }
        input::placeholder { color: var(--quiet); opacity: 1; }
        button { background: var(--panel); cursor: pointer; }
        main td:not([class]) { overflow-wrap: anywhere; }
        .item { display: grid; gap: 1.2rem 1.5rem; align-items: start;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
        form.filter { margin: .6rem 0; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0;
          padding: 0; }
        nav a { display: inline-block; padding: .25rem 0; }
        pre { background-color: var(--panel); padding: .6rem .9rem; overflow-x: auto; max-width: 100%; }
        pre code { padding: 0; background: none; overflow-wrap: normal; }
        .outline { max-width: 30rem; }
        .outline path { stroke: var(--strong); stroke-width: 1; fill: var(--ground); }
        .outline path.tile { fill: var(--tiles); stroke: var(--ink); stroke-width: 1.6; }
        .outline path.observation { fill: none; stroke: var(--mark); stroke-dasharray: 5 3; }
        .outline path.observation.itself { fill: var(--tiles); fill-opacity: .5;
          stroke: var(--ink); stroke-dasharray: none; }
        .outline text { text-anchor: middle; paint-order: stroke; stroke: var(--ground);
          stroke-width: 3px; }
        .state-error, .state-aborted, .is-late { color: var(--bad); font-weight: 600; }
        svg.graph { width: auto; max-width: none; }
        .graph rect { fill: var(--panel); stroke: var(--strong); }
        .graph rect.done { stroke: var(--good); stroke-width: 2; }
        .graph rect.bad { stroke: var(--bad); stroke-width: 3; }
        .graph rect.busy { stroke: var(--link); stroke-width: 2; stroke-dasharray: 6 3; }
        .graph rect.held { stroke: var(--mark); stroke-width: 3; stroke-dasharray: 2 2; }
        .graph path.edge { fill: none; stroke: var(--strong); }
        .graph text.counts { fill: var(--quiet); font-size: 10px; }
        @media print { body > header, body > footer { display: none; } }

        """
}
