package dev.chartlake.testkit;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;

/** CSV keeps the contract. */
class CsvFormatTest extends TableFormatContract {

    @Override
    protected TableFormat format() {
        return new CsvFormat();
    }
}
