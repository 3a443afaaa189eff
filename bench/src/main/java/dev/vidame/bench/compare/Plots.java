package dev.vidame.bench.compare;

import dev.vidame.bench.Rate;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The results as pictures: for each operation one of the rates and one of the latencies. */
final class Plots {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;
  private static final double BAR_SHARE = 0.8;
  private static final int PRECISION = 2;
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** One colour for each system, also where another is missing; told apart in grey, too. */
  private static final Map<String, Color> COLOURS =
      Map.of(
          Judgement.SQLITE,
          new Color(0x0B4F6C),
          Judgement.POSTGRESQL,
          new Color(0x3A8FB7),
          Judgement.KEYCLOAK,
          new Color(0xE08E45),
          Judgement.SLAPD,
          new Color(0x9A9A9A));

  private final Results results;

  Plots(Results results) {
    this.results = results;
  }

  /** What is plotted of an operation. */
  enum Kind {
    PER_SECOND("per-second", "requests per second, higher is better", "%,.0f"),
    P99("p99", "99th percentile in ms, lower is better", "%,.1f ms");

    private final String word;
    private final String axis;
    private final String format;

    Kind(String word, String axis, String format) {
      this.word = word;
      this.axis = axis;
      this.format = format;
    }

    private double of(Rate rate) {
      return this == PER_SECOND ? rate.perSecond() : rate.p99Millis();
    }
  }

  /** The picture's file name. */
  static String file(Operation operation, Kind kind) {
    return "performance-" + operation.word() + "-" + kind.word + ".svg";
  }

  /** Which operations more than one system was asked for. */
  List<Operation> operations() {
    List<Operation> several = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      if (results.systems().stream().filter(system -> results.has(system, operation)).count() > 1) {
        several.add(operation);
      }
    }
    return several;
  }

  /** Writes all pictures into a folder. */
  void write(Path folder) throws IOException {
    for (Operation operation : operations()) {
      for (Kind kind : Kind.values()) {
        write(operation, kind, folder.resolve(file(operation, kind)));
      }
    }
  }

  private void write(Operation operation, Kind kind, Path file) throws IOException {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(blank());
    context.setPrecision(PRECISION);
    SVGGraphics2D drawing = new SVGGraphics2D(context, false);
    drawing.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
    chart(operation, kind).paint(drawing, WIDTH, HEIGHT);
    Element root = drawing.getRoot();
    describe(root, operation, kind);
    try (Writer out = Files.newBufferedWriter(file)) {
      drawing.stream(root, out, true, false);
    }
  }

  /** In words, for who cannot see it: its letters are drawn as shapes. */
  private void describe(Element root, Operation operation, Kind kind) {
    List<String> values = new ArrayList<>();
    for (String system : results.systems()) {
      if (results.has(system, operation)) {
        values.add(label(system, operation, kind));
      }
    }
    Document document = root.getOwnerDocument();
    Element title = document.createElementNS(NAMESPACE, "title");
    title.setTextContent(operation.title() + ", " + kind.axis);
    Element description = document.createElementNS(NAMESPACE, "desc");
    description.setTextContent(String.join("; ", values));
    root.insertBefore(description, root.getFirstChild());
    root.insertBefore(title, description);
  }

  private String label(String system, Operation operation, Kind kind) {
    double value = kind.of(results.rate(system, operation));
    return results.title(system) + ": " + kind.format.formatted(value);
  }

  private static Document blank() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's own parser has no settings to miss", e);
    }
  }

  private CategoryChart chart(Operation operation, Kind kind) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(operation.title())
            .yAxisTitle(kind.axis)
            .build();
    style(chart.getStyler());
    for (String system : results.systems()) {
      if (results.has(system, operation)) {
        double value = kind.of(results.rate(system, operation));
        chart
            .addSeries(label(system, operation, kind), List.of(operation.word()), List.of(value))
            .setFillColor(COLOURS.getOrDefault(system, Color.DARK_GRAY));
      }
    }
    return chart;
  }

  private static void style(CategoryStyler styler) {
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setAvailableSpaceFill(BAR_SHARE);
    styler.setYAxisMin(0.0);
    styler.setXAxisTicksVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
  }
}
