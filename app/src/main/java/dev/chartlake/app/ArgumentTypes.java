package dev.chartlake.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. What picocli says of a wrong one names Java classes. */
final class ArgumentTypes {

    private static final int HIGHEST_PORT = 65_535;

    private ArgumentTypes() {}

    /** Has {@code command} and all below it read values so. */
    static CommandLine register(CommandLine command) {
        return command.registerConverter(LocalDate.class, new Day()).registerConverter(Path.class, new FilePath());
    }

    private static int number(String text, int min, int max, String what) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is not " + what);
    }

    // Classes, because lambdas keep the archive that the launcher starts from without some of picocli.

    private static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text.strip());
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is not a date. Write it as 2026-11-21");
            }
        }
    }

    private static final class FilePath implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("it is empty. Name a file or folder");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + text + "' cannot be the name of a file");
            }
        }
    }

    /** A TCP port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 0, HIGHEST_PORT, "a port. Give a number from 0 to " + HIGHEST_PORT);
        }
    }

    /** A number of things, 1 or more. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, Integer.MAX_VALUE, "a number of at least 1");
        }
    }
}
