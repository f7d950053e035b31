"""What a browser shows, waited for by what has to be true and never by the clock: questions answered, figures drawn and at rest."""

COUNT = """(() => { const ask = window.fetch; window.asking = 0;
  window.fetch = (...given) => { window.asking += 1; return ask(...given).finally(() => { window.asking -= 1; }); }; })()"""
"""Counts what a page has asked its server and not been told yet; to run before the page's own scripts."""
FRAMES = 6
"""Pictures of the screen, one after the other, that have to be alike before a page counts as at rest."""
RESTS = """([place, frames]) => {
  const plots = [...document.querySelectorAll(place + ' .js-plotly-plot')];
  const drawn = plots.length && plots.every(plot => plot._fullData && plot._fullLayout?._size && plot.querySelector('.main-svg'));
  const look = !window.asking && drawn && JSON.stringify(plots.map(plot => {
    const box = plot.getBoundingClientRect(), size = plot._fullLayout._size;
    return [box.x, box.y, box.width, box.height, size.w, size.h, plot._fullData.map(trace => trace.uid)]; }));
  const seen = window.rested;
  window.rested = {place, look, times: look && seen?.place === place && seen.look === look ? seen.times + 1 : 0};
  return window.rested.times >= frames; }"""
FIGURES = """place => [...document.querySelectorAll(place + ' .js-plotly-plot')].map(plot => plot._fullData.map(
  trace => ({name: trace.showlegend === false ? '' : trace.name, type: trace.type, x: Array.from(trace.x || []), y: Array.from(trace.y || [])})))"""
POINT = """([place, about]) => { const plot = document.querySelector(place + ' .js-plotly-plot');
  const at = plot.data.flatMap(trace => (trace.customdata || []).map((told, k) => ({told, x: trace.x[k], y: trace.y[k], axes: trace})))
    .find(one => Array.isArray(one.told) && one.told.includes(about));
  const layout = plot._fullLayout, box = plot.getBoundingClientRect();
  const x = layout[(at.axes.xaxis || 'x').replace('x', 'xaxis')], y = layout[(at.axes.yaxis || 'y').replace('y', 'yaxis')];
  return [box.left + x._offset + x.d2p(at.x), box.top + y._offset + y.d2p(at.y)]; }"""


def at_rest(page, place):
    """Wait until everything that was asked is answered, and all figures below an element are drawn and stand still."""
    page.wait_for_function(RESTS, arg=[place, FRAMES])


def lines(page, place):
    """Return the lines of all figures below an element: their names and points."""
    at_rest(page, place)
    return [trace for figure in page.evaluate(FIGURES, place) for trace in figure if trace["name"]]


def click_on_point(page, place, about):
    """Click on the point of a figure that tells of something: where a figure answers to clicks, it does so on what the pointer is over."""
    at_rest(page, place)
    page.locator(f"{place} .js-plotly-plot").first.scroll_into_view_if_needed()
    at_rest(page, place)
    x, y = page.evaluate(POINT, [place, about])
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)
    page.wait_for_selector(f"{place} .hoverlayer .hovertext")
    page.mouse.click(x, y)
