/*
 * Draws scenes on Leaflet: the same code in the app and in the offline HTML file.
 *
 * All text arrives as data and is set with textContent, so nothing in a record is ever run. All symbols are
 * drawn on one canvas in the order of their layers, so that a click reaches what is seen on top.
 */
(function () {
  "use strict";

  const LABEL_PANE = "placenames";
  const LAND_PANE = "land";
  const ROUTE_TOLERANCE_PX = 4;
  const CLICK_REACH_PX = 8;

  /* A point symbol with a shape, moved by an offset in pixels so that things at one place do not hide each other. */
  const ShapeMarker = L.CircleMarker.extend({
    _project: function () {
      L.CircleMarker.prototype._project.call(this);
      const offset = this.options.offset;
      if (offset) {
        this._point = this._point.add(offset);
        this._updateBounds();
      }
    },
    /* The reach that lines need is not for points: a click on one must not go to its neighbour. */
    _clickTolerance: function () {
      return 1;
    },
    _updatePath: function () {
      const renderer = this._renderer;
      const outline = OUTLINES[this.options.shape];
      if (!outline) {
        renderer._updateCircle(this);
        return;
      }
      if (!renderer._drawing || this._empty()) return;
      const context = renderer._ctx;
      const size = Math.max(this._radius, 1);
      context.beginPath();
      outline.forEach(function (corner, index) {
        context[index ? "lineTo" : "moveTo"](this._point.x + corner[0] * size, this._point.y + corner[1] * size);
      }, this);
      context.closePath();
      renderer._fillStroke(context, this);
    },
  });

  /* Corners in radii, y downwards. */
  const OUTLINES = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    triangle: [[0, -1.2], [1.1, 0.9], [-1.1, 0.9]],
    diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    cross: [
      [-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4],
      [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4],
    ],
  };

  /* Make a map in `container` that shows `extent` ([west, south, east, north]). */
  function create(container, extent) {
    const map = L.map(container, { attributionControl: false, maxZoom: 14, minZoom: 3.5, zoomDelta: 0.5, zoomSnap: 0.25 });
    return prepare(map, extent);
  }

  /* Make a Leaflet map ours: one canvas for all symbols, panes for land and names, a metric scale. */
  function prepare(map, extent) {
    const container = map.getContainer();
    map.options.renderer = L.canvas({ padding: 0.3, tolerance: ROUTE_TOLERANCE_PX });
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", "Map. Every place on it is also in the table beside it.");
    map.createPane(LAND_PANE).style.zIndex = 150;
    map.createPane(LABEL_PANE).style.zIndex = 450;
    map.getPane(LABEL_PANE).style.pointerEvents = "none";
    L.control.scale({ imperial: false }).addTo(map);
    return map.fitBounds(bounds(extent), { animate: false });
  }

  function bounds(extent) {
    return [[extent[1], extent[0]], [extent[3], extent[2]]];
  }

  /* Draw land and place names; `basemap` is what Basemap.to_json wrote. */
  function drawBasemap(map, basemap, style) {
    map.getContainer().style.background = style.sea;
    L.geoJSON(basemap.land, {
      interactive: false,
      renderer: L.canvas({ pane: LAND_PANE, padding: 0.3 }),
      pane: LAND_PANE,
      style: { fillColor: style.land, fillOpacity: 1, color: style.border, weight: 0.6 },
    }).addTo(map);
    const names = basemap.names.map(function (name) {
      return { from: name.from_zoom, to: name.to_zoom, marker: nameMarker(name) };
    });
    const show = function () {
      const zoom = map.getZoom();
      names.forEach(function (name) {
        if (zoom >= name.from && zoom < name.to) name.marker.addTo(map);
        else name.marker.remove();
      });
    };
    map.on("zoomend", show);
    show();
  }

  function nameMarker(name) {
    const text = document.createElement("span");
    text.textContent = name.text;
    return L.marker([name.lat, name.lon], {
      pane: LABEL_PANE,
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: "bm-name bm-name-" + name.kind, iconSize: [0, 0], html: text }),
    });
  }

  /* Make the Leaflet layer of one scene layer; `onClick(id, layerKey)` is called for clickable ones. */
  function makeLayer(spec, onClick) {
    const group = L.layerGroup();
    JSON.parse(spec.features).forEach(function (feature) {
      const item = makeFeature(feature, spec.symbols[feature.style], spec.clickable || Boolean(feature.label));
      item.featureId = feature.id;
      if (feature.label) item.bindTooltip(textNode.bind(null, feature.label), { sticky: true, className: "bm-tip" });
      if (spec.clickable) item.clickKey = spec.key;
      if (onClick) item.on("click", (event) => passClick(event, item, onClick));
      group.addLayer(item);
    });
    return group;
  }

  /* Tell of a click on a clickable feature, or on the nearest one that a symbol without clicks lies on. */
  function passClick(event, item, onClick) {
    const hit = item.clickKey ? item : clickableAt(event.target._map, event.latlng);
    if (!hit) return;
    L.DomEvent.stopPropagation(event);
    onClick(hit.featureId, hit.clickKey);
  }

  function clickableAt(map, latlng) {
    const spot = map.latLngToLayerPoint(latlng);
    let nearest = null;
    let reach = Infinity;
    map.eachLayer(function (item) {
      if (!item.clickKey || !item.getRadius) return;
      const distance = map.latLngToLayerPoint(item.getLatLng()).distanceTo(spot);
      if (distance < Math.min(reach, item.getRadius() + CLICK_REACH_PX)) {
        nearest = item;
        reach = distance;
      }
    });
    return nearest;
  }

  function makeFeature(feature, symbol, interactive) {
    const path = {
      color: symbol.stroke || symbol.fill,
      weight: symbol.stroke ? symbol.stroke_px : 0,
      stroke: Boolean(symbol.stroke),
      fillColor: symbol.fill,
      fillOpacity: symbol.fill_opacity,
      dashArray: symbol.dashed ? "5 3" : null,
      interactive: interactive,
    };
    if (feature.point) {
      const options = Object.assign(path, {
        shape: symbol.shape,
        radius: feature.size_px || symbol.size_px,
        offset: feature.offset_px,
      });
      return new ShapeMarker(feature.point, options);
    }
    if (feature.lines) {
      return L.polyline(feature.lines, Object.assign(path, {
        stroke: true, color: symbol.fill, weight: symbol.size_px, fill: false, smoothFactor: 1.2,
        lineCap: symbol.dashed ? "butt" : "round", dashArray: symbol.dashed ? dashes(symbol.size_px) : null,
      }));
    }
    return L.polygon(feature.areas, path);
  }

  /* Dashes that keep their proportions on wide lines. */
  function dashes(weight) {
    const unit = Math.max(weight, 2.5);
    return 2 * unit + " " + 1.2 * unit;
  }

  function textNode(text) {
    const node = document.createElement("span");
    node.textContent = text;
    return node;
  }

  /* Ring the feature of that id, on whichever layer it is; returns the ring, or null. */
  function ringAround(map, groups, id, symbol) {
    for (const group of groups) {
      for (const item of group.getLayers()) {
        if (item.featureId === id) {
          const at = item.getLatLng ? item.getLatLng() : item.getBounds().getCenter();
          return new ShapeMarker(at, {
            radius: symbol.size_px + (item.getRadius ? item.getRadius() / 2 : 4),
            color: symbol.stroke, weight: symbol.stroke_px, fill: false, interactive: false,
          }).addTo(map);
        }
      }
    }
    return null;
  }

  /* Fill a legend: a group per layer, with a heading, then symbol, words and count. */
  function fillLegend(node, layers) {
    node.replaceChildren();
    layers.filter((layer) => layer.legend.length).forEach(function (layer) {
      const group = node.appendChild(document.createElement("div"));
      const heading = group.appendChild(document.createElement("div"));
      heading.className = "bm-legend-title";
      heading.textContent = layer.title;
      layer.legend.forEach(function (entry) {
        const line = document.createElement("div");
        line.className = "bm-legend-line";
        line.appendChild(swatch(entry.symbol));
        line.appendChild(textNode(entry.words));
        const count = textNode(entry.count === null ? "" : entry.count.toLocaleString("en"));
        count.className = "bm-legend-count";
        line.appendChild(count);
        group.appendChild(line);
      });
    });
  }

  function swatch(symbol) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "-9 -9 18 18");
    svg.setAttribute("aria-hidden", "true");
    const outline = OUTLINES[symbol.shape];
    const kind = symbol.shape === "line" ? "line" : symbol.shape === "area" ? "rect" : outline ? "polygon" : "circle";
    const mark = document.createElementNS(space, kind);
    const size = Math.min(symbol.size_px, 6);
    const given = {
      line: { x1: -8, x2: 8, y1: 0, y2: 0 },
      rect: { x: -7, y: -5, width: 14, height: 10 },
      polygon: { points: (outline || []).map((corner) => corner.map((part) => part * size).join()).join(" ") },
      circle: { r: size },
    }[kind];
    const paint = kind === "line"
      ? { stroke: symbol.fill, "stroke-width": Math.min(symbol.size_px, 8) }
      : { fill: symbol.fill, "fill-opacity": symbol.fill_opacity, stroke: symbol.stroke || "none",
          "stroke-width": symbol.stroke_px };
    if (symbol.dashed) paint["stroke-dasharray"] = "4 3";
    Object.entries(Object.assign(given, paint)).forEach(([name, value]) => mark.setAttribute(name, value));
    svg.appendChild(mark);
    return svg;
  }

  /* A box on the map at that corner; clicks on it do not reach the map. */
  function box(map, position, className, role, label) {
    const control = L.control({ position: position });
    const node = L.DomUtil.create("div", className);
    node.setAttribute("role", role);
    node.setAttribute("aria-label", label);
    L.DomEvent.disableClickPropagation(node).disableScrollPropagation(node);
    control.onAdd = () => node;
    control.addTo(map);
    return node;
  }

  /* Put the notices (EXERCISE, schematic network ...) at the top of the map; none hides the bar. */
  function fillNotices(node, notices) {
    node.replaceChildren(...notices.map(textNode));
    node.hidden = notices.length === 0;
  }

  /* Show a whole scene at once, with its legend in the element "legend", as the offline HTML file does. */
  function show(map, scene, basemap) {
    prepare(map, scene.extent);
    drawBasemap(map, basemap, scene.style);
    const groups = scene.layers.map((layer) => makeLayer(layer).addTo(map));
    if (scene.selected) ringAround(map, groups.reverse(), scene.selected, scene.ring);
    fillLegend(document.getElementById("legend"), scene.layers);
    fillNotices(box(map, "topright", "bm-notices", "note", "Notices"), scene.notices);
    fillNotices(box(map, "bottomright", "bm-sources", "note", "Sources"), scene.sources);
  }

  window.BorderMap = {
    bounds, box, create, drawBasemap, fillLegend, fillNotices, makeLayer, ringAround, show,
  };
})();
