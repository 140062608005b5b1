"""The style sheet of the report: light and dark, screen and paper."""

STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #22282b; --soft: #68747a;
  --line: #e3e0d8; --in: #1f7a8c; --inside: #a3bfc7; --out: #e09f3e; --stranger: #bf4e30;
  --seldom: #e6b566; --familiar: #5b8e7d; --suspicious: #e09f3e; --malicious: #b3261e;
  --spam: #7d5ba6; --sure: #1f7a8c; --score: #22282b; --accent: #1f7a8c; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181a; --card: #1c2225; --ink: #e4e8ea;
  --soft: #93a1a8; --line: #2e363a; --in: #4fb3c8; --inside: #47626b; --score: #e4e8ea;
  --sure: #4fb3c8; --accent: #4fb3c8; --malicious: #ef6a5f; --spam: #a98bd0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2.5rem 1.25rem 5rem; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 2.1rem; line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.02em; }
h2 { font-size: 1.25rem; margin: 3rem 0 .3rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 1.6rem 0 .2rem; }
p { margin: .3rem 0 .8rem; max-width: 46rem; } a { color: var(--accent); }
.lead, .note, figcaption { color: var(--soft); } .note, figcaption { font-size: .9rem; }
nav { margin: 1.2rem 0 0; font-size: .92rem; } nav a { margin-right: 1rem; white-space: nowrap; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .8rem;
  margin: 1.6rem 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: .8rem 1rem; }
.tile b { display: block; font-size: 1.55rem; letter-spacing: -.02em; line-height: 1.2; }
.tile span { color: var(--soft); font-size: .86rem; }
figure { margin: .8rem 0 0; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; padding: 1rem 1rem .6rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .8rem; }
.pair h3 { margin-top: .4rem; }
.chart { width: 100%; height: auto; display: block; overflow: visible; }
.chart text { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart .row { fill: var(--ink); } .chart .end { font-weight: 600; }
.grid { stroke: var(--line); } .track { fill: var(--line); fill-opacity: .5; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.mark { stroke: var(--ink); stroke-width: 1.5; }
.rule { stroke: var(--soft); stroke-dasharray: 4 3; }
.legend { margin: 0 0 .5rem; font-size: .88rem; color: var(--soft); }
.legend span { margin-right: 1.1rem; white-space: nowrap; }
.swatch { width: .75em; height: .75em; margin-right: .4em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .9rem; }
th { text-align: left; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
th, td { padding: .35rem .9rem .35rem 0; vertical-align: top; }
td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.who { min-width: 13rem; } .short { white-space: nowrap; }
.subject { min-width: 15rem; font-weight: 600; }
.off td { color: var(--soft); } .off .subject { font-weight: 400; }
.narrow table { width: auto; }
meter { width: 4.5rem; height: .7rem; vertical-align: baseline; }
summary { white-space: nowrap; cursor: pointer; color: var(--accent); }
details ul { margin: .3rem 0; padding: 0; }
details li { list-style: none; margin-bottom: .35rem; font-size: .84rem; color: var(--soft); }
code { font: .93em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media print { body { max-width: none; } figure, tr { break-inside: avoid; }
  nav { display: none; } }
"""

# One rule for each colour a chart names; the styles of series are the names of words.
STYLE += "".join(
    f".chart .{one}, .swatch .{one} {{ fill: var(--{one}); }} "
    f".chart .line.{one} {{ fill: none; stroke: var(--{one}); }} "
    f".chart .rule.{one} {{ stroke: var(--{one}); }}\n"
    for one in (
        "in",
        "inside",
        "out",
        "stranger",
        "seldom",
        "familiar",
        "suspicious",
        "malicious",
        "spam",
        "sure",
        "score",
    )
)
