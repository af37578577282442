package dev.oriel.benchmarks;

import static dev.oriel.benchmarks.figures.Table.figure;

import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.benchmarks.figures.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The tables of one run, in Markdown: medians of all rounds, with the ratio to the server that was named first. */
final class Report {

    private final Results results;
    private final List<String> servers;

    Report(Results results, List<String> servers) {
        this.results = results;
        this.servers = servers;
    }

    String write() {
        StringBuilder out = new StringBuilder();
        results.conditions.forEach(line -> out.append("- ").append(line).append('\n'));
        results.missing.forEach(line -> out.append("- left out: ").append(line).append('\n'));
        if (!results.scale.isEmpty()) {
            section(out, "Viewers of one camera", steps(results.scale));
        }
        if (!results.capacity.isEmpty()) {
            section(out, "Most viewers held", capacity());
        }
        if (!results.firstPicture.isEmpty()) {
            section(out, "First picture", firstPicture());
        }
        if (!results.cameras.isEmpty()) {
            section(out, "Cameras with one viewer each", steps(results.cameras));
        }
        if (!results.heap.isEmpty()) {
            section(out, "Live heap", heap());
        }
        return out.toString();
    }

    private static void section(StringBuilder out, String title, Table table) {
        out.append("\n## ").append(title).append("\n\n").append(table.write());
    }

    private Table steps(List<Step> all) {
        Table table = new Table(
                "viewers",
                "server",
                "µs/packet",
                "ratio",
                "core %",
                "loss %",
                "pictures lost %",
                "latency p50 ms",
                "p99 ms",
                "RSS MB",
                "RSS/viewer MB",
                "joins/s",
                "load core %",
                "rounds");
        for (int count : all.stream().map(Step::wanted).distinct().toList()) {
            double own = median(of(all, servers.get(0), count), Step::microsPerPacket);
            for (String server : servers) {
                List<Step> rounds = of(all, server, count);
                if (!rounds.isEmpty()) {
                    double micros = median(rounds, Step::microsPerPacket);
                    table.row(
                            count,
                            server,
                            figure(micros, 2),
                            figure(micros / own, 2),
                            figure(median(rounds, Step::cpuPercent), 1),
                            figure(median(rounds, Step::packetLossPercent), 3),
                            figure(median(rounds, Step::frameLossPercent), 3),
                            figure(median(rounds, s -> s.latency().p50()), 1),
                            figure(median(rounds, s -> s.latency().p99()), 1),
                            figure(median(rounds, Step::residentMegabytes), 0),
                            figure(perViewer(all, server, count), 2),
                            figure(median(rounds, Step::joinsPerSecond), 0),
                            figure(median(rounds, Step::loadPercent), 0),
                            rounds.size());
                }
            }
        }
        return table;
    }

    /** What memory grew by from the step with the fewest viewers, for each one more. */
    private static double perViewer(List<Step> all, String server, int count) {
        int fewest = all.stream().mapToInt(Step::wanted).min().orElse(count);
        double grown = median(of(all, server, count), Step::residentMegabytes)
                - median(of(all, server, fewest), Step::residentMegabytes);
        return count == fewest ? Double.NaN : grown / (count - fewest);
    }

    private Table capacity() {
        Table table =
                new Table("server", "viewers held", "ratio", "failed at", "limit", "core %", "load core %", "p99 ms");
        double own = results.capacity.stream()
                .filter(c -> c.server().equals(servers.get(0)))
                .mapToDouble(Capacity::held)
                .findFirst()
                .orElse(Double.NaN);
        for (Capacity one : results.capacity) {
            List<Step> held =
                    one.steps().stream().filter(s -> s.wanted() == one.held()).toList();
            table.row(
                    one.server(),
                    one.held(),
                    figure(one.held() / own, 2),
                    one.failedAt() == 0 ? "–" : one.failedAt(),
                    one.limit(),
                    figure(median(held, Step::cpuPercent), 0),
                    figure(median(held, Step::loadPercent), 0),
                    figure(median(held, s -> s.latency().p99()), 1));
        }
        return table;
    }

    private Table firstPicture() {
        Table table = new Table(
                "group s", "server", "warm p50 ms", "warm p95 ms", "cold p50 ms", "cold p95 ms", "warm/cold joins");
        for (int group : Bench.GROUPS) {
            for (FirstPicture one : results.firstPicture) {
                if (one.group() == group) {
                    table.row(
                            group,
                            one.server(),
                            figure(one.warm().p50(), 0),
                            figure(one.warm().p95(), 0),
                            figure(one.cold().p50(), 0),
                            figure(one.cold().p95(), 0),
                            one.warm().count() + "/" + one.cold().count());
                }
            }
        }
        return table;
    }

    private Table heap() {
        Table table = new Table("server", "viewers", "alive without KiB", "alive with KiB", "KiB/viewer");
        for (LiveHeap one : results.heap) {
            table.row(
                    one.server(),
                    one.viewers(),
                    figure(one.idleKilobytes(), 0),
                    figure(one.watchedKilobytes(), 0),
                    figure(one.perViewer(), 1));
        }
        return table;
    }

    private static List<Step> of(List<Step> all, String server, int count) {
        return all.stream()
                .filter(s -> s.server().equals(server) && s.wanted() == count)
                .toList();
    }

    private static double median(List<Step> steps, ToDoubleFunction<Step> figure) {
        return Distribution.median(steps.stream().mapToDouble(figure).toArray());
    }
}
