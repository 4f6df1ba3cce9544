package dev.chartlake.normalise.charts;

import dev.chartlake.lists.Market;
import dev.chartlake.normalise.charts.ChartColumns.Role;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.RowBuckets;
import dev.chartlake.raw.RawKey;
import dev.chartlake.text.Strings;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file that holds charts of several markets or days, in any order, into one part for each. A part is the file's
 * header and the rows of one chart, byte for byte. Memory is bounded, whatever the size of the file. Used by one thread.
 */
public final class ChartSplitter implements Closeable {

    private static final int CHECKED_AT_ONCE = 1000;
    private static final Pattern ALIAS = Pattern.compile("(regional|viral)-([a-z]{2}|global)-(daily|weekly)");
    private static final Pattern TWO_LETTERS = Pattern.compile("[a-z]{2}");
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4})(?:([-/.])(\\d{1,2})\\2(\\d{1,2})|(\\d\\d)(\\d\\d))(?:[T ]00:00(?::00(?:\\.0+)?)?Z?)?");

    /** One chart of the file. Null for what its rows do not say. */
    private record Chart(
            @Nullable String kind,
            @Nullable String market,
            Part.@Nullable Period period,
            @Nullable LocalDate day) {}

    private static final class Rows {
        private final int number;
        private long count;

        Rows(int number) {
            this.number = number;
        }
    }

    private final Map<Chart, Rows> charts = new HashMap<>();
    private final Map<String, Chart> byText = new HashMap<>();
    private final Strings strings = new Strings();
    private RowBuckets buckets = new RowBuckets();

    /** Reads the file to its end. Its rows are kept until this is closed, or another file is split. */
    public List<Part> split(ChartsCsvReader reader, ChartColumns columns, String name) throws IOException {
        charts.clear();
        byText.clear();
        CsvRecords row = reader.record();
        buckets = new RowBuckets();
        buckets.header(row.bytes(), row.from(), row.to());
        long read = 0;
        while (reader.next()) {
            if (read++ % CHECKED_AT_ONCE == 0) {
                strings.clear();
            }
            reader.check(columns, strings);
            Rows rows = charts.computeIfAbsent(chart(reader, columns), chart -> new Rows(charts.size()));
            rows.count++;
            buckets.add(rows.number, row.bytes(), row.from(), row.to());
        }
        if (read == 0) {
            throw reader.wrong("no chart rows in it");
        }
        return parts(reader, columns, name.toLowerCase(Locale.ROOT));
    }

    private Chart chart(ChartsCsvReader reader, ChartColumns columns) throws IOException {
        CsvRecords row = reader.record();
        String date = row.text(columns.at(Role.DATE));
        String market = row.text(columns.at(Role.MARKET));
        String kind = row.text(columns.at(Role.CHART));
        String text = date + "\n" + market + "\n" + kind;
        Chart known = byText.get(text);
        if (known != null) {
            return known;
        }
        String code = columns.has(Role.MARKET) ? code(market) : null;
        if (columns.has(Role.MARKET) && code == null) {
            throw reader.wrong("line " + row.line() + ", " + columns.nameOf(Role.MARKET)
                    + ": a country or its two letters are expected, found '" + market + "'");
        }
        LocalDate day = columns.has(Role.DATE) ? day(date) : null;
        if (columns.has(Role.DATE) && day == null) {
            throw reader.wrong("line " + row.line() + ", " + columns.nameOf(Role.DATE)
                    + ": a date such as 2024-01-31 is expected, found '" + date + "'");
        }
        Chart chart = chart(reader, columns, kind.toLowerCase(Locale.ROOT), code, day);
        byText.put(text, chart);
        return chart;
    }

    private static Chart chart(
            ChartsCsvReader reader, ChartColumns columns, String kind, @Nullable String market, @Nullable LocalDate day)
            throws IOException {
        Matcher alias = ALIAS.matcher(kind);
        if (alias.matches()) {
            Part.Period period = alias.group(3).equals("daily") ? Part.Period.DAILY : Part.Period.WEEKLY;
            return new Chart(alias.group(1), alias.group(2), period, day);
        }
        if (kind.isEmpty()) {
            return new Chart(null, market, null, day);
        }
        if (kind.startsWith("top") || kind.startsWith("regional")) {
            return new Chart("regional", market, null, day);
        }
        if (kind.startsWith("viral")) {
            return new Chart("viral", market, null, day);
        }
        throw reader.wrong("line " + reader.record().line() + ", " + columns.nameOf(Role.CHART)
                + ": top200 or viral50 is expected, found '" + kind + "'");
    }

    /** The market as names of charts write it; null if the text is no code and no name. An empty text is the world. */
    private static @Nullable String code(String market) {
        Market found = market.isBlank() ? Market.GLOBAL : Market.of(market);
        if (found != null) {
            return found.region();
        }
        String lower = market.strip().toLowerCase(Locale.ROOT);
        return TWO_LETTERS.matcher(lower).matches() ? lower : null;
    }

    /** Only dates that begin with the year: others can be read in two ways. */
    private static @Nullable LocalDate day(String text) {
        Matcher m = DATE.matcher(text);
        if (!m.matches()) {
            return null;
        }
        boolean separated = m.group(2) != null;
        try {
            return LocalDate.of(
                    Integer.parseInt(m.group(1)),
                    Integer.parseInt(m.group(separated ? 3 : 5)),
                    Integer.parseInt(m.group(separated ? 4 : 6)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private List<Part> parts(ChartsCsvReader reader, ChartColumns columns, String name) throws IOException {
        Part.Period period = period(columns, name);
        List<Map.Entry<Chart, Rows>> all = new ArrayList<>(charts.entrySet());
        all.sort(Comparator.comparingInt(chart -> RowBuckets.bucket(chart.getValue().number)));
        boolean whole = all.size() == 1;
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<Chart, Rows> entry : all) {
            Chart chart = entry.getKey();
            Part.Period own = chart.period() == null ? period : chart.period();
            String kind = chart.kind() != null ? chart.kind() : name.contains("viral") ? "viral" : "regional";
            if (chart.market() != null && own == null) {
                throw reader.wrong("charts of " + charts.size() + " markets and days, and neither a column nor the name"
                        + " says whether they are daily or weekly: put 'daily' or 'weekly' into the name");
            }
            String list = chart.market() == null
                    ? null
                    : kind + "-" + chart.market() + "-"
                            + Objects.requireNonNull(own).name().toLowerCase(Locale.ROOT);
            if (list == null && !whole && (chart.kind() != null || chart.day() == null)) {
                throw reader.wrong("several charts in one file, and no column says of which market they are");
            }
            RowBuckets from = buckets;
            int number = entry.getValue().number;
            parts.add(new Part(
                    RawKey.CHARTS,
                    "csv",
                    list,
                    chart.day() == null
                            ? null
                            : chart.day().atStartOfDay(ZoneOffset.UTC).toInstant(),
                    entry.getValue().count,
                    null,
                    null,
                    own,
                    whole ? Part.Cut.WHOLE : (file, to) -> from.copy(number, to)));
        }
        return parts;
    }

    /** By the columns, the name, or the days: a chart of two days in a row is daily, one of three weeks is weekly. */
    private Part.@Nullable Period period(ChartColumns columns, String name) {
        if (columns.period() != null) {
            return columns.period();
        }
        if (name.contains("daily") != name.contains("weekly")) {
            return name.contains("daily") ? Part.Period.DAILY : Part.Period.WEEKLY;
        }
        TreeSet<Long> days = new TreeSet<>();
        charts.keySet().forEach(chart -> {
            if (chart.day() != null) {
                days.add(chart.day().toEpochDay());
            }
        });
        long[] sorted = days.stream().mapToLong(day -> day).toArray();
        boolean weeks = sorted.length > 2;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] - sorted[i - 1] == 1) {
                return Part.Period.DAILY;
            }
            weeks &= (sorted[i] - sorted[i - 1]) % 7 == 0;
        }
        return weeks ? Part.Period.WEEKLY : null;
    }

    @Override
    public void close() throws IOException {
        buckets.close();
    }
}
