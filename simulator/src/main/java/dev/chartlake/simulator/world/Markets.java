package dev.chartlake.simulator.world;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The countries a song can be played in: in legacy answers four fifths of all bytes, so they are kept as JSON text. */
public final class Markets {

    private static final String[] CODES =
            ("AD AE AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BZ"
                            + " CA CD CG CH CI CL CM CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ES ET FI FJ FM FR GA GB GD GE GH"
                            + " GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KG KH KI KM KN KR KW KZ LA LB"
                            + " LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO"
                            + " NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RW SA SB SC SE SG SI SK SL SM SN SR ST SV SZ"
                            + " TD TG TH TJ TL TN TO TR TT TV TW TZ UA UG US UY UZ VC VE VN VU WS XK ZA ZM ZW")
                    .split(" ");

    private static final String[] WITHOUT = new String[CODES.length + 1];

    static {
        for (int missing = 0; missing < WITHOUT.length; missing++) {
            String gone = missing == 0 ? "" : CODES[missing - 1];
            WITHOUT[missing] = Arrays.stream(CODES)
                    .filter(code -> !code.equals(gone))
                    .collect(Collectors.joining("\",\"", "[\"", "\"]"));
        }
    }

    private Markets() {}

    /** How many there are. */
    static int count() {
        return CODES.length;
    }

    /** A JSON array of all of them (0), of all but the n-th (n), or of none (below 0). */
    public static String json(int missing) {
        return missing < 0 ? "[]" : WITHOUT[missing];
    }
}
