/**
 * The look of the page: Okabe and Ito's colours, darker or lighter where text needs contrast, the reader's own light or dark,
 * and one column on a phone. Every colour has a word or a shape beside it.
 */

export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--faint:#565656;--line:#d0d0d0;--soft:#f3f4f6;
--good:#00664b;--bad:#9c3f00;--unsure:#6f4a00;--neutral:#4a4a4a;
--blue:#0072b2;--orange:#d55e00;--green:#009e73;--amber:#e69f00;--sky:#56b4e9;--pink:#b0568a;
--fault:#e69f0038;--heat-1:#fde2cb;--heat-2:#f8b98a;--heat-3:#ee8b46;--heat-4:#d55e00;--heat-5:#8f3a00}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#ececec;--faint:#b0b3b8;--line:#43474d;--soft:#21252a;
--good:#4fd1a5;--bad:#ff9d5c;--unsure:#f0c04a;--neutral:#c4c4c4;
--blue:#6cbcf0;--orange:#f08a3c;--green:#35c79b;--amber:#e69f00;--sky:#56b4e9;--pink:#e08bbd;
--fault:#e69f0040;--heat-1:#4a2c14;--heat-2:#7a3f10;--heat-3:#b3560c;--heat-4:#ee7f2b;--heat-5:#ffc08a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Open Sans",sans-serif}
main{max-width:960px;margin:0 auto;padding:16px}
h1{font-size:1.6rem;line-height:1.25;margin:.4em 0}h2{font-size:1.35rem;margin:2em 0 .4em;padding-top:.6em;border-top:2px solid var(--line)}
h3{font-size:1.15rem;margin:1.8em 0 .4em}h4{font-size:1rem;margin:1em 0 .3em}
p,ul,ol{margin:.5em 0}a{color:var(--blue)}small{color:var(--faint);font-size:.85em}
code,pre{font:.88em/1.45 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}code{overflow-wrap:anywhere}
pre{background:var(--soft);padding:.6em .8em;margin:.3em 0;white-space:pre-wrap;border-radius:4px}
.disclaimer,.digest{color:var(--faint);font-size:.85rem;overflow-wrap:anywhere}
.verdict{border-left:6px solid var(--neutral);background:var(--soft);padding:.6em .8em}
.verdict strong{font-size:1.25rem;margin-right:.4em}
.verdict.pass{border-color:var(--good)}.verdict.pass strong{color:var(--good)}
.verdict.fail{border-color:var(--bad)}.verdict.fail strong{color:var(--bad)}
.verdict.inconclusive{border-color:var(--unsure)}.verdict.inconclusive strong{color:var(--unsure)}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2em 1.1em}
nav a{display:inline-block;padding:.25em 0}
.word{font-weight:600;white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}.unsure{color:var(--unsure)}.neutral{color:var(--neutral)}
.scroll{overflow-x:auto;margin:.5em 0}
.scroll:focus-visible,pre:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
table{border-collapse:collapse;font-size:.86rem;line-height:1.4;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35em .6em .35em 0;border-bottom:1px solid var(--line);min-width:3.5em}
td{max-width:24em}thead th{color:var(--faint);font-weight:600;vertical-align:bottom}tbody th{font-weight:400;min-width:6em}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}thead .number{white-space:normal}
details{margin:.6em 0}summary{cursor:pointer;padding:.2em 0;color:var(--blue)}
figure{margin:.8em 0}figcaption{margin-bottom:.4em}
svg{display:block;width:100%;height:auto}svg.narrow{display:none}svg.swatch{display:inline-block;width:34px;height:14px;vertical-align:-2px}
svg.interval{width:200px;max-width:none}
svg text{fill:var(--ink);font-family:inherit;font-size:12px}svg .tick{fill:var(--faint);font-size:11px}svg .strong{fill:var(--ink);font-weight:600}
svg text{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}svg .mark-number{font-size:11px;font-weight:600}
.pair figcaption{min-height:3em}.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 16px}
.grid{stroke:var(--line);stroke-width:1;opacity:.6}.axis{stroke:var(--faint);stroke-width:1}.lane{stroke:var(--line)}
.break{fill:none;stroke:var(--faint);stroke-width:1.2}.t0{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:2 3}
.limit{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:7 3}.zero{stroke:var(--faint);stroke-width:1.2}
.fault-window{fill:var(--fault);stroke:var(--amber);stroke-width:1;stroke-dasharray:3 2}
.mark{fill:var(--blue)}.mark.square{fill:var(--neutral)}.mark.diamond{fill:var(--green)}.mark.triangle{fill:var(--pink)}.mark.post{fill:var(--sky)}.mark.fault{fill:var(--amber)}
.span{fill:var(--blue);opacity:.28}.span.square{fill:var(--neutral)}.span.triangle{fill:var(--pink)}.span.fault{fill:var(--amber);opacity:.6}
.crowd{fill:var(--orange)}.track{fill:var(--soft)}
.heat-1{fill:var(--heat-1)}.heat-2{fill:var(--heat-2)}.heat-3{fill:var(--heat-3)}.heat-4{fill:var(--heat-4)}.heat-5{fill:var(--heat-5)}
.band.control{fill:var(--orange);opacity:.25}.band.mitigated{fill:var(--blue);opacity:.22}
.median{fill:none;stroke-width:2}.median.control{stroke:var(--orange)}.median.mitigated{stroke:var(--blue);stroke-dasharray:6 3}
.whisker{fill:none;stroke:var(--neutral);stroke-width:2}.marker{fill:var(--neutral)}
.whisker.good{stroke:var(--green)}.marker.good{fill:var(--green)}.whisker.bad{stroke:var(--orange)}.marker.bad{fill:var(--orange)}
.whisker.unsure{stroke:var(--amber)}.marker.unsure{fill:var(--amber)}
.chain time,.events b{font-variant-numeric:tabular-nums}.chain li,.events li{margin:.15em 0;overflow-wrap:anywhere}
.outcome{font-weight:600}
.depth-1{margin-left:1em!important}.depth-2{margin-left:2em!important}.depth-3{margin-left:3em!important}
.depth-4{margin-left:4em!important}.depth-5{margin-left:5em!important}.depth-6{margin-left:6em!important}
footer{margin-top:2em;color:var(--faint);font-size:.9rem}
@media (max-width:720px){.cards,.cards tbody,.cards tr,.cards th,.cards td{display:block}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{border-bottom:1px solid var(--line);padding:.5em 0}.cards th,.cards td{border:0;padding:.1em 0;max-width:none;text-align:left;white-space:normal}
.cards td::before{content:attr(data-name) ": ";color:var(--faint)}.cards td:empty{display:none}
main{padding:12px}h1{font-size:1.3rem}.pair{display:block}svg.wide{display:none}svg.narrow{display:block}
svg text{font-size:12.5px}svg .tick{font-size:11.5px}ol,ul{padding-left:1.5em}.chain li{margin-left:0}
.depth-1{margin-left:.5em!important}.depth-2{margin-left:1em!important}.depth-3,.depth-4,.depth-5,.depth-6{margin-left:1.5em!important}}
@media print{:root{color-scheme:light}details{break-inside:avoid}main{max-width:none}figure,tr{break-inside:avoid}}
`
  .trim()
  .replaceAll('\n', '');
