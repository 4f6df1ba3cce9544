package dev.chartlake.testkit;

import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;

/** Parquet keeps the contract. */
class ParquetFormatTest extends TableFormatContract {

    @Override
    protected TableFormat format() {
        return new ParquetFormat();
    }
}
