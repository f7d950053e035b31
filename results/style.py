"""How pages look: one style sheet for daylight and dark, wide and narrow, and the few lines that draw the figures."""

CSS = """
:root{--ink:#202124;--soft:#5f6368;--rule:#e2e4e7;--paper:#fff;--tint:#f6f7f8;--accent:#0072B2;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a8adb4;--rule:#3a3d42;--paper:#17181a;--tint:#202225;--accent:#56B4E9}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
  font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 20px 64px}
header{border-bottom:1px solid var(--rule);margin-bottom:24px;padding-bottom:16px}
h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2;margin:0;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:40px 0 12px;font-weight:620}h2.scenario{font-size:1.5rem;border-top:1px solid var(--rule);padding-top:28px}
h3{font-size:1.02rem;margin:28px 0 4px;font-weight:620;color:var(--soft)}
.kind{color:var(--soft);margin:0 0 6px;font-size:.9rem}
.question{font-size:1.15rem;max-width:46em;margin:0 0 8px}
.findings{max-width:50em;padding-left:1.2em}.findings li{margin:6px 0}
.warning{border-left:4px solid #D55E00;padding:6px 12px;background:var(--tint)}
.note,.legend{color:var(--soft);font-size:.86rem}
.legend{position:sticky;top:0;z-index:2;margin:0;padding:8px 0;background:var(--paper)}
.legend span{margin-right:20px;white-space:nowrap}.legend i{display:inline-block;width:30px;margin-right:8px;vertical-align:middle}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:6px 10px;text-align:right;vertical-align:top;font-weight:400}
thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--rule);line-height:1.25}
th:first-child,tbody th{text-align:left}
tr.first>*{border-top:1px solid var(--rule);font-weight:600;padding-top:9px}th.who{padding-left:22px}
small{color:var(--soft);font-size:.85em;white-space:nowrap}td{white-space:nowrap}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:20px 28px;margin:12px 0 28px}
.grid.one{grid-template-columns:1fr}
figure{margin:0;min-width:0;overflow-x:auto;overflow-y:hidden}
figcaption{font-weight:600;font-size:.98rem}figcaption small{display:block;font-weight:400;white-space:normal}
.js-plotly-plot .main-svg text:not([style*="fill: rgb(255, 255, 255)"]){fill:var(--ink)!important}
.js-plotly-plot .hoverlayer text{fill:#202124!important}
.js-plotly-plot path[style*="stroke: rgb(60, 64, 67)"]{stroke:var(--ink)!important}
.node-label{text-shadow:none!important}
.js-plotly-plot .gridlayer path{stroke:var(--rule)!important}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;font-size:.9rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:600px){dl{grid-template-columns:1fr}dd{margin-bottom:8px}main{padding:20px 14px 48px}}
pre{background:var(--tint);padding:12px 14px;overflow:auto;max-height:420px;
  font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;border-radius:6px}
summary{cursor:pointer;margin:8px 0}
@media print{:root{--ink:#202124;--soft:#5f6368;--rule:#e2e4e7;--paper:#fff;--tint:#f6f7f8}
  details,.provenance pre{display:none}figure,tr{break-inside:avoid}.legend{position:static}.grid{display:block}}
"""

DRAW = """
const hand = matchMedia('(hover: none)').matches;  // on a touch screen Plotly's buttons would always lie over the figure
const draw = figure => {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = 'yes';
  const { data, layout, config } = JSON.parse(figure.querySelector('script').textContent);
  Plotly.newPlot(figure.querySelector('.plot'), data, layout, hand ? { ...config, displayModeBar: false } : config);
};
const figures = document.querySelectorAll('figure');
const near = new IntersectionObserver(seen => seen.forEach(one => one.isIntersecting && draw(one.target)), { rootMargin: '900px' });
figures.forEach(figure => near.observe(figure));  // a report of many runs has a hundred figures: each is drawn when it comes near
addEventListener('beforeprint', () => figures.forEach(draw));
"""
