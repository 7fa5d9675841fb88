/*
 * The map of a page. Streamlit calls the function below after every run of the page with the scene as data;
 * the Leaflet map stays, and only layers whose hash changed are drawn again.
 */
const VIEW_DELAY_MS = 500;
const loaded = (window.__borderMapAssets ||= new Map());
const instances = (window.__borderMaps ||= new WeakMap());

export default function (component) {
  const { data, parentElement } = component;
  const host = parentElement.querySelector(".border-map");
  host.style.height = data.height + "px";
  let instance = instances.get(host);
  if (!instance) {
    instance = { layers: [], ready: Promise.resolve(), fly: data.fly.number };
    instances.set(host, instance);
  }
  instance.component = component;
  instance.ready = instance.ready.then(() => update(instance, host, data)).catch((problem) => {
    console.error(problem);
    host.textContent = "The map could not be drawn: " + problem.message;
    host.setAttribute("role", "alert");
  });
}

async function update(instance, host, data) {
  if (!instance.map) await start(instance, host, data);
  const anew = drawLayers(instance, data);
  markSelected(instance, data, anew);
  BorderMap.fillNotices(instance.notices, data.notices);
  BorderMap.fillNotices(instance.sources, data.sources);
  if (anew) BorderMap.fillLegend(host.parentElement.querySelector(".bm-legend"), data.layers);
  if (data.fly.number !== instance.fly) {
    instance.fly = data.fly.number;
    instance.map.flyToBounds(BorderMap.bounds(data.fly.extent), { duration: 0.6 });
  }
}

async function start(instance, host, data) {
  data.styles.forEach((name) => loadStyle(data.assets + name));
  for (const name of data.scripts) await loadScript(data.assets + name);
  const basemap = await loadJson(data.assets + data.basemap);
  const map = BorderMap.create(host, data.extent);
  BorderMap.drawBasemap(map, basemap, data.style);
  instance.map = host.borderMap = map;
  instance.notices = BorderMap.box(map, "topright", "bm-notices", "note", "Notices");
  instance.sources = BorderMap.box(map, "bottomright", "bm-sources", "note", "Sources");
  if (data.draw) offerDrawing(instance);
  reportView(instance);
  new ResizeObserver(() => map.invalidateSize()).observe(host);
}

/* Draw again from the first layer that changed, so that the order stays. Tells whether anything was drawn. */
function drawLayers(instance, data) {
  let same = 0;
  while (same < data.layers.length && instance.layers[same]?.hash === data.layers[same].hash) same += 1;
  const gone = instance.layers.splice(same);
  gone.forEach((layer) => layer.group.remove());
  data.layers.slice(same).forEach((spec) => {
    const group = BorderMap.makeLayer(spec, (id, layer) => send(instance, "clicked", { id, layer }));
    instance.layers.push({ hash: spec.hash, group: group.addTo(instance.map) });
  });
  return gone.length > 0 || same < data.layers.length;
}

function markSelected(instance, data, anew) {
  if (!anew && instance.selected === data.selected) return;
  instance.selected = data.selected;
  instance.ring?.remove();
  const groups = instance.layers.map((layer) => layer.group).reverse();
  instance.ring = data.selected ? BorderMap.ringAround(instance.map, groups, data.selected, data.ring) : null;
}

function offerDrawing(instance) {
  const shapes = { circle: false, circlemarker: false, marker: false, polyline: false };
  instance.map.addControl(new L.Control.Draw({ position: "topleft", draw: shapes, edit: false }));
  instance.map.on(L.Draw.Event.CREATED, (event) => send(instance, "drawn", event.layer.toGeoJSON().geometry));
}

function reportView(instance) {
  let waiting;
  instance.map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const seen = instance.map.getBounds();
      const extent = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
      if (instance.map.getSize().x > 0) instance.component.setStateValue("extent", extent);
    }, VIEW_DELAY_MS);
  });
}

function send(instance, name, value) {
  instance.component.setTriggerValue(name, value);
}

function loadScript(url) {
  if (!loaded.has(url)) {
    loaded.set(url, new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = done;
      script.onerror = () => failed(new Error(url + " is missing"));
      document.head.appendChild(script);
    }));
  }
  return loaded.get(url);
}

function loadStyle(url) {
  if (loaded.has(url)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  loaded.set(url, document.head.appendChild(link));
}

function loadJson(url) {
  if (!loaded.has(url)) loaded.set(url, fetch(url).then((answer) => answer.json()));
  return loaded.get(url);
}
