package dev.chartlake.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values are found by their bytes, and nothing else is taken for them, however much they look alike. */
class RecurringTest {

    private record Value(String text, int hole, int holeEnd) {
        Value with(int number) {
            String head = text.substring(0, hole);
            return new Value(head + number + text.substring(holeEnd), hole, head.length() + ("" + number).length());
        }
    }

    @Test
    void findsWhatIsRememberedAndNothingElse() throws Exception {
        Seeded.run(10, RecurringTest::findsAll);
    }

    private static void findsAll(Random random) {
        int total = 0;
        for (int round = 0; round < 4; round++) {
            Recurring recurring = new Recurring(1 << 20);
            List<Value> remembered = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Value value = value(random, remembered);
                int known = find(recurring, value.text());
                Value same = known < 0 ? null : remembered.get(known);
                if (same != null) {
                    assertThat(same.hole()).isEqualTo(value.hole());
                    boolean hasHole = same.holeEnd() > same.hole();
                    assertThat(hasHole ? same.with(7).text() : same.text())
                            .isEqualTo(hasHole ? value.with(7).text() : value.text());
                    if (hasHole) {
                        assertThat(value.text().substring(value.hole(), value.holeEnd()))
                                .isEqualTo("" + recurring.foundHole());
                    }
                } else {
                    remember(recurring, value, shared(value, random), remembered);
                }
            }
            total += remembered.size();
            for (int i = 0; i < remembered.size(); i++) {
                assertThat(find(recurring, remembered.get(i).text())).isEqualTo(i);
                assertThat(recurring.foundLength())
                        .isEqualTo(remembered.get(i).text().length());
            }
        }
        assertThat(total).isPositive();
    }

    /** What a copy learns is not known to the one it was made of, nor the other way round. */
    @Test
    void aCopyGoesOnByItself() throws Exception {
        Seeded.run(random -> {
            Recurring first = new Recurring(1 << 20);
            List<Value> ofFirst = learned(first, new ArrayList<>(), random);
            Recurring second = first.copy();
            List<Value> ofSecond = learned(second, new ArrayList<>(ofFirst), random);
            learned(first, ofFirst, random);
            for (int i = 0; i < ofFirst.size(); i++) {
                assertThat(find(first, ofFirst.get(i).text())).isEqualTo(i);
            }
            for (int i = 0; i < ofSecond.size(); i++) {
                assertThat(find(second, ofSecond.get(i).text())).isEqualTo(i);
            }
            assertThat(second.copy().count()).isEqualTo(ofSecond.size()).isEqualTo(60);
            first.clear();
            assertThat(find(second, ofSecond.get(0).text())).isZero();
        });
    }

    private static List<Value> learned(Recurring recurring, List<Value> remembered, Random random) {
        for (int wanted = remembered.size() + 30; remembered.size() < wanted; ) {
            Value value = value(random, remembered);
            if (find(recurring, value.text()) < 0) {
                remember(recurring, value, shared(value, random), remembered);
            }
        }
        return remembered;
    }

    private static void remember(Recurring recurring, Value value, List<Value> remembered) {
        remember(recurring, value, new SharedValues(), remembered);
    }

    private static void remember(Recurring recurring, Value value, SharedValues shared, List<Value> remembered) {
        byte[] bytes = value.text().getBytes(StandardCharsets.ISO_8859_1);
        if (recurring.remember(bytes, 0, bytes.length, value.hole(), value.holeEnd(), shared)) {
            remembered.add(value);
        } else if (recurring.outdated()) {
            recurring.clear();
            remembered.clear();
        }
    }

    /** Up to three parts of a value, before and behind its hole, as copies. */
    private static SharedValues shared(Value value, Random random) {
        SharedValues shared = new SharedValues();
        int at = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            int end = at < value.hole() && random.nextBoolean()
                    ? value.hole()
                    : value.text().length();
            int from = Math.max(at, end > value.hole() ? value.holeEnd() : 0);
            from += random.nextInt(3) == 0 ? 0 : random.nextInt(Math.max(1, end - from));
            int length = random.nextInt(3) == 0 ? end - from : random.nextInt(end - from + 1);
            String before = "b".repeat(random.nextInt(3));
            byte[] copy = (before + value.text().substring(from, from + length) + "behind")
                    .getBytes(StandardCharsets.ISO_8859_1);
            shared.add(from, length, copy, before.length());
            at = from + length;
        }
        return shared;
    }

    /** What follows a value in the window must not matter. */
    private static int find(Recurring recurring, String text) {
        byte[] window = ("  " + text + ",{}").getBytes(StandardCharsets.ISO_8859_1);
        return recurring.find(window, 2, window.length);
    }

    /** Another value, or one like one of those before with a byte or the number changed. */
    private static Value value(Random random, List<Value> before) {
        if (before.isEmpty() || random.nextInt(6) == 0) {
            String head = "{" + "x".repeat(random.nextInt(40) == 0 ? random.nextInt(200) : 200 + random.nextInt(200))
                    + (char) ('a' + random.nextInt(3));
            String tail = "y".repeat(800 + random.nextInt(100)) + "}";
            return random.nextInt(4) == 0
                    ? new Value(head + tail, head.length() + tail.length(), head.length() + tail.length())
                    : new Value(head + "#" + tail, head.length(), head.length() + 1).with(random.nextInt(101));
        }
        Value like = before.get(random.nextInt(before.size()));
        boolean hasHole = like.holeEnd() > like.hole();
        if (hasHole && random.nextBoolean()) {
            return like.with(random.nextInt(101));
        }
        int at = 1 + random.nextInt(like.text().length() - 2);
        if (at >= like.hole() - 1 && at <= like.holeEnd()) {
            return like; // a digit more or less would be another number
        }
        String text = like.text().substring(0, at)
                + (char) ('a' + random.nextInt(3))
                + like.text().substring(at + 1);
        return new Value(text, like.hole(), like.holeEnd());
    }

    @Test
    void aNumberThatIsTooLongIsNoPopularity() {
        Recurring recurring = new Recurring(1 << 20);
        Value value = new Value("{" + "x".repeat(300) + "55" + "y".repeat(800) + "}", 301, 303);
        List<Value> remembered = new ArrayList<>();
        remember(recurring, value, remembered);
        assertThat(remembered).hasSize(1);
        for (String other : List.of("055", "55555", "", "-5", "x")) {
            assertThat(find(recurring, "{" + "x".repeat(300) + other + "y".repeat(800) + "}"))
                    .isEqualTo(Recurring.UNKNOWN);
        }
        assertThat(find(recurring, value.with(100).text())).isZero();
        assertThat(recurring.foundHole()).isEqualTo(100);
    }

    @Test
    void aWindowThatEndsInsideAValueDoesNotHoldIt() {
        Recurring recurring = new Recurring(1 << 20);
        Value value = new Value("{" + "x".repeat(300) + "5" + "y".repeat(800) + "}", 301, 302);
        remember(recurring, value, new ArrayList<>());
        byte[] bytes = value.text().getBytes(StandardCharsets.ISO_8859_1);
        for (int limit = 0; limit < bytes.length; limit++) {
            assertThat(recurring.find(bytes, 0, limit)).isEqualTo(Recurring.UNKNOWN);
        }
    }

    @Test
    void aNumberNearTheBeginningDoesNotHideTheRest() {
        Recurring recurring = new Recurring(1 << 20);
        List<Value> remembered = new ArrayList<>();
        Value value = new Value("{" + "x".repeat(30) + "5" + "y".repeat(800) + "}", 31, 32);
        remember(recurring, value, remembered);
        remember(recurring, value, remembered);
        assertThat(find(recurring, value.with(100).text())).isZero();
    }

    /** Songs of one artist begin alike and are of all lengths. */
    @Test
    void aShorterValueThatBeginsLikeALongerOneIsRememberedToo() {
        for (boolean hole : new boolean[] {false, true}) {
            Recurring recurring = new Recurring(1 << 20);
            List<Value> remembered = new ArrayList<>();
            for (int length : List.of(900, 700, 1200, 600)) {
                String head = "{" + "x".repeat(300) + (hole ? "" : "a".repeat(length));
                String tail = hole ? "a".repeat(length) : "";
                int at = head.length();
                remember(
                        recurring,
                        new Value(head + (hole ? "5" : "") + tail + "}", hole ? at : at + 1, at + 1),
                        remembered);
            }
            assertThat(remembered).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(find(recurring, remembered.get(i).text())).isEqualTo(i);
            }
        }
    }
}
