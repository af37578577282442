package dev.oriel.benchmarks.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of text, as Markdown with columns that line up. */
public final class Table {

    private final List<String[]> rows = new ArrayList<>();

    /** A table with this head. */
    public Table(String... head) {
        rows.add(head.clone());
    }

    /** One more row; as many cells as the head has. */
    public Table row(Object... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException("A row of " + cells.length + " under " + rows.get(0).length);
        }
        rows.add(Arrays.stream(cells).map(Table::text).toArray(String[]::new));
        return this;
    }

    /** All of it, each line ended. */
    public String write() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length())));
        String rule = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(" | ", "| ", " |\n"));
        StringBuilder out = new StringBuilder(line(rows.get(0), widths)).append(rule);
        rows.stream().skip(1).forEach(row -> out.append(line(row, widths)));
        return out.toString();
    }

    /** A figure with so many decimals; a dash where there is none. */
    public static String figure(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–";
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? figure(number, 1) : String.valueOf(cell);
    }

    private static String line(String[] cells, int[] widths) {
        StringBuilder out = new StringBuilder("|");
        for (int i = 0; i < cells.length; i++) {
            out.append(' ')
                    .append(cells[i])
                    .append(" ".repeat(widths[i] - cells[i].length()))
                    .append(" |");
        }
        return out.append('\n').toString();
    }
}
