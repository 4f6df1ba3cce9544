-- Chartlake in Snowflake, 4 of 5: what has arrived is loaded, a day in one transaction.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
CREATE OR REPLACE PROCEDURE load_commits() RETURNS VARCHAR LANGUAGE JAVASCRIPT EXECUTE AS CALLER AS $$
// Makes each day what its newest commit says. Twice, late or out of order: the same rows.
var TABLES = {
  playlists: {
    name: "playlists",
    folder: "playlist_data",
    parquet: "COPY INTO playlists (snapshot_date, source, playlist_id, observed_at, name, owner_id, owner_name, description, url, image_url, followers, spotify_snapshot_id, total, complete) FROM (SELECT '{day}'::DATE, $1:source::VARCHAR, $1:playlist_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:name::VARCHAR, $1:owner_id::VARCHAR, $1:owner_name::VARCHAR, $1:description::VARCHAR, $1:url::VARCHAR, $1:image_url::VARCHAR, $1:followers::BIGINT, $1:spotify_snapshot_id::VARCHAR, $1:total::INTEGER, $1:complete::BOOLEAN FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO playlists (snapshot_date, source, playlist_id, observed_at, name, owner_id, owner_name, description, url, image_url, followers, spotify_snapshot_id, total, complete) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::VARCHAR, $3::TIMESTAMP_NTZ(6), $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::BIGINT, $11::VARCHAR, $12::INTEGER, $13::BOOLEAN FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  playlist_entries: {
    name: "playlist_entries",
    folder: "playlist_entry_data",
    parquet: "COPY INTO playlist_entries (snapshot_date, source, playlist_id, observed_at, position, kind, item_uri, song_id, song_name, artist_names, added_at, added_by, streams, reported_peak, reported_previous, reported_periods, label) FROM (SELECT '{day}'::DATE, $1:source::VARCHAR, $1:playlist_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:position::INTEGER, $1:kind::VARCHAR, $1:item_uri::VARCHAR, $1:song_id::VARCHAR, $1:song_name::VARCHAR, $1:artist_names::VARCHAR, $1:added_at::TIMESTAMP_NTZ(6), $1:added_by::VARCHAR, $1:streams::BIGINT, $1:reported_peak::INTEGER, $1:reported_previous::INTEGER, $1:reported_periods::INTEGER, $1:label::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO playlist_entries (snapshot_date, source, playlist_id, observed_at, position, kind, item_uri, song_id, song_name, artist_names, added_at, added_by, streams, reported_peak, reported_previous, reported_periods, label) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::VARCHAR, $3::TIMESTAMP_NTZ(6), $4::INTEGER, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::TIMESTAMP_NTZ(6), $11::VARCHAR, $12::BIGINT, $13::INTEGER, $14::INTEGER, $15::INTEGER, $16::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  songs: {
    name: "song_days",
    folder: "song_data",
    parquet: "COPY INTO song_days (snapshot_date, song_id, observed_at, song_name, duration_ms, url, popularity, explicit, isrc, disc_number, track_number, album_id, artist_id, artist_names) FROM (SELECT '{day}'::DATE, $1:song_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:song_name::VARCHAR, $1:duration_ms::BIGINT, $1:url::VARCHAR, $1:popularity::INTEGER, $1:explicit::BOOLEAN, $1:isrc::VARCHAR, $1:disc_number::INTEGER, $1:track_number::INTEGER, $1:album_id::VARCHAR, $1:artist_id::VARCHAR, $1:artist_names::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO song_days (snapshot_date, song_id, observed_at, song_name, duration_ms, url, popularity, explicit, isrc, disc_number, track_number, album_id, artist_id, artist_names) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::TIMESTAMP_NTZ(6), $3::VARCHAR, $4::BIGINT, $5::VARCHAR, $6::INTEGER, $7::BOOLEAN, $8::VARCHAR, $9::INTEGER, $10::INTEGER, $11::VARCHAR, $12::VARCHAR, $13::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  albums: {
    name: "album_days",
    folder: "album_data",
    parquet: "COPY INTO album_days (snapshot_date, album_id, observed_at, name, album_type, release_date, release_date_text, release_date_precision, total_tracks, url, image_url) FROM (SELECT '{day}'::DATE, $1:album_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:name::VARCHAR, $1:album_type::VARCHAR, $1:release_date::DATE, $1:release_date_text::VARCHAR, $1:release_date_precision::VARCHAR, $1:total_tracks::INTEGER, $1:url::VARCHAR, $1:image_url::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO album_days (snapshot_date, album_id, observed_at, name, album_type, release_date, release_date_text, release_date_precision, total_tracks, url, image_url) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::TIMESTAMP_NTZ(6), $3::VARCHAR, $4::VARCHAR, $5::DATE, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::VARCHAR, $10::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  artists: {
    name: "artist_days",
    folder: "artist_data",
    parquet: "COPY INTO artist_days (snapshot_date, artist_id, observed_at, artist_name, url) FROM (SELECT '{day}'::DATE, $1:artist_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:artist_name::VARCHAR, $1:url::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO artist_days (snapshot_date, artist_id, observed_at, artist_name, url) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::TIMESTAMP_NTZ(6), $3::VARCHAR, $4::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  song_artists: {
    name: "song_artists",
    folder: "song_artist_data",
    parquet: "COPY INTO song_artists (snapshot_date, song_id, artist_order, artist_id, observed_at) FROM (SELECT '{day}'::DATE, $1:song_id::VARCHAR, $1:artist_order::INTEGER, $1:artist_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6) FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO song_artists (snapshot_date, song_id, artist_order, artist_id, observed_at) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::INTEGER, $3::VARCHAR, $4::TIMESTAMP_NTZ(6) FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  album_artists: {
    name: "album_artists",
    folder: "album_artist_data",
    parquet: "COPY INTO album_artists (snapshot_date, album_id, artist_order, artist_id, observed_at) FROM (SELECT '{day}'::DATE, $1:album_id::VARCHAR, $1:artist_order::INTEGER, $1:artist_id::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6) FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO album_artists (snapshot_date, album_id, artist_order, artist_id, observed_at) FROM (SELECT '{day}'::DATE, $1::VARCHAR, $2::INTEGER, $3::VARCHAR, $4::TIMESTAMP_NTZ(6) FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  },
  plays: {
    name: "plays",
    folder: "play_data",
    parquet: "COPY INTO plays (snapshot_date, played_at, play_order, source, list, observed_at, kind, item_uri, song_id, song_name, artist_names, album_name, ms_played, context_type, context_uri, reason_start, reason_end, shuffle, skipped, offline, incognito, country, platform) FROM (SELECT '{day}'::DATE, $1:played_at::TIMESTAMP_NTZ(6), $1:play_order::INTEGER, $1:source::VARCHAR, $1:list::VARCHAR, $1:observed_at::TIMESTAMP_NTZ(6), $1:kind::VARCHAR, $1:item_uri::VARCHAR, $1:song_id::VARCHAR, $1:song_name::VARCHAR, $1:artist_names::VARCHAR, $1:album_name::VARCHAR, $1:ms_played::BIGINT, $1:context_type::VARCHAR, $1:context_uri::VARCHAR, $1:reason_start::VARCHAR, $1:reason_end::VARCHAR, $1:shuffle::BOOLEAN, $1:skipped::BOOLEAN, $1:offline::BOOLEAN, $1:incognito::BOOLEAN, $1:country::VARCHAR, $1:platform::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_parquet') FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
    csv: "COPY INTO plays (snapshot_date, played_at, play_order, source, list, observed_at, kind, item_uri, song_id, song_name, artist_names, album_name, ms_played, context_type, context_uri, reason_start, reason_end, shuffle, skipped, offline, incognito, country, platform) FROM (SELECT '{day}'::DATE, $1::TIMESTAMP_NTZ(6), $2::INTEGER, $3::VARCHAR, $4::VARCHAR, $5::TIMESTAMP_NTZ(6), $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::VARCHAR, $12::BIGINT, $13::VARCHAR, $14::VARCHAR, $15::VARCHAR, $16::VARCHAR, $17::BOOLEAN, $18::BOOLEAN, $19::BOOLEAN, $20::BOOLEAN, $21::VARCHAR, $22::VARCHAR FROM @chartlake_lake) FILES = ('{file}') FILE_FORMAT = (FORMAT_NAME = 'chartlake_csv') FORCE = TRUE ON_ERROR = ABORT_STATEMENT"
  }
};
var TRIED = 3; // commits of a day, newest first: one whose files are no longer there fails

function run(sql, binds) {
  return snowflake.execute({ sqlText: sql, binds: binds || [] });
}

function rows(sql, binds) {
  var result = run(sql, binds);
  var all = [];
  while (result.next()) {
    var row = [];
    for (var i = 1; i <= result.getColumnCount(); i++) {
      row.push(result.getColumnValue(i));
    }
    all.push(row);
  }
  return all;
}

// The streams have only woken us. They are read in a transaction of their own, so that a day that fails wakes nobody at once.
function consume() {
  run("BEGIN TRANSACTION");
  try {
    run("INSERT INTO chartlake_failures (message) SELECT file FROM chartlake_new_commits WHERE 1 = 0");
    run("INSERT INTO chartlake_failures (message) SELECT message FROM chartlake_new_failures WHERE 1 = 0");
    run("COMMIT");
  } catch (e) {
    run("ROLLBACK");
    throw e;
  }
}

// The commits of days whose newest one is not loaded, by day, newest first.
function waiting() {
  var all = rows(
    "SELECT TO_VARCHAR(c.day, 'YYYY-MM-DD'), c.name, c.version, d.version FROM (" +
      "SELECT TRY_TO_DATE(SPLIT_PART(file, '/', -2)) AS day, SPLIT_PART(file, '/', -1) AS name, " +
      "SUBSTR(SPLIT_PART(file, '/', -1), 21, 8) AS version, " +
      "FIRST_VALUE(SUBSTR(SPLIT_PART(file, '/', -1), 21, 8)) OVER (PARTITION BY SPLIT_PART(file, '/', -2) " +
      "ORDER BY SPLIT_PART(file, '/', -1) DESC) AS newest FROM chartlake_commits " +
      "WHERE SPLIT_PART(file, '/', -1) RLIKE '[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}[.]json') c " +
      "LEFT JOIN chartlake_days d ON d.snapshot_date = c.day WHERE c.day IS NOT NULL AND (d.version IS NULL OR d.version <> c.newest) " +
      "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 DESC"
  );
  var days = [];
  var last = null;
  all.forEach(function (row) {
    if (last === null || last.day !== row[0]) {
      last = { day: row[0], loaded: row[3], commits: [], known: false };
      days.push(last);
    }
    // What is older than the commit that is loaded is out of date.
    last.known = last.known || row[2] === last.loaded;
    if (!last.known && last.commits.length < TRIED) {
      last.commits.push({ day: row[0], name: row[1], version: row[2] });
    }
  });
  return days;
}

function manifestOf(commit) {
  var found = rows(
    "SELECT TO_JSON(manifest) FROM chartlake_commits WHERE SPLIT_PART(file, '/', -2) = ? AND SPLIT_PART(file, '/', -1) = ? LIMIT 1",
    [commit.day, commit.name]
  );
  return JSON.parse(found[0][0]);
}

// What lies at the place of a file: its size, and what tells it from another one of that size.
function look(file) {
  var found = rows("LIST '@chartlake_lake/" + file + "'").filter(function (row) {
    return row[0].endsWith("/" + file);
  });
  if (found.length !== 1) {
    throw new Error(file + " is not there");
  }
  return { size: Number(found[0][1]), content: String(found[0][2]) };
}

// The files of a commit by table, if they are named as ours are: their names become part of statements.
function filesOf(manifest, day) {
  var files = {};
  manifest.tables.forEach(function (part) {
    var table = TABLES[part.table];
    if (table === undefined) {
      throw new Error("the commit names a table " + part.table + ", which is not known here: run 2-tables.sql and 4-task.sql again");
    }
    if (part.rows > 0) {
      var folder = "transformed_data/" + table.folder + "/snapshot_date=" + day + "/part-0.";
      if (part.file !== folder + "parquet" && part.file !== folder + "csv") {
        throw new Error("the commit names a file " + part.file);
      }
      files[part.table] = { name: part.file.substring("transformed_data/".length), size: part.size, rows: part.rows };
    }
  });
  return files;
}

function unchanged(files, before) {
  Object.keys(files).forEach(function (table) {
    var file = files[table];
    var now = look(file.name);
    if (now.size !== file.size) {
      throw new Error(file.name + " has " + now.size + " bytes, the commit says " + file.size);
    }
    if (before !== null && before[table].content !== now.content) {
      throw new Error(file.name + " was replaced while it was loaded");
    }
    file.content = now.content;
  });
}

function fill(commit) {
  var manifest = manifestOf(commit);
  if (manifest.date !== commit.day) {
    throw new Error("the commit is of the day " + manifest.date);
  }
  var files = filesOf(manifest, commit.day);
  unchanged(files, null);
  var before = JSON.parse(JSON.stringify(files));
  var total = 0;
  Object.keys(TABLES).forEach(function (name) {
    var table = TABLES[name];
    var file = files[name];
    run("DELETE FROM " + table.name + " WHERE snapshot_date = TO_DATE(?)", [commit.day]);
    if (file !== undefined) {
      var copy = file.name.endsWith(".csv") ? table.csv : table.parquet;
      run(copy.split("{day}").join(commit.day).split("{file}").join(file.name));
    }
    var wanted = file === undefined ? 0 : file.rows;
    var got = Number(rows("SELECT COUNT(*) FROM " + table.name + " WHERE snapshot_date = TO_DATE(?)", [commit.day])[0][0]);
    if (got !== wanted) {
      throw new Error(table.name + " got " + got + " rows, the commit says " + wanted);
    }
    total += got;
  });
  unchanged(files, before);
  run("DELETE FROM chartlake_days WHERE snapshot_date = TO_DATE(?)", [commit.day]);
  run(
    "INSERT INTO chartlake_days (snapshot_date, version, row_count, loaded_at) SELECT TO_DATE(?), ?, ?, " +
      "CURRENT_TIMESTAMP()::TIMESTAMP_NTZ",
    [commit.day, commit.version, total]
  );
}

// In one transaction, while no other load changes the tables. Says why not, or null.
function load(commit) {
  try {
    run("BEGIN TRANSACTION");
    run("UPDATE chartlake_lock SET turn = turn + 1");
    var loaded = rows("SELECT version FROM chartlake_days WHERE snapshot_date = TO_DATE(?)", [commit.day]);
    if (loaded.length === 0 || loaded[0][0] !== commit.version) {
      fill(commit);
    }
    run("COMMIT");
    return null;
  } catch (e) {
    run("ROLLBACK");
    return e.message;
  }
}

run("ALTER SESSION SET TIMEZONE = 'UTC'");
consume();
var done = 0;
var failed = [];
waiting().forEach(function (day) {
  var why = null;
  var left = day.commits.slice();
  while (left.length > 0) {
    var commit = left.shift();
    var problem = load(commit);
    if (problem === null) {
      done += 1;
      break;
    }
    why = why === null ? problem : why;
    run(
      "INSERT INTO chartlake_failures (snapshot_date, commit_name, failed_at, message) SELECT TO_DATE(?), ?, " +
        "CURRENT_TIMESTAMP()::TIMESTAMP_NTZ, ?",
      [day.day, commit.name, problem]
    );
  }
  if (why !== null) {
    failed.push(day.day + ": " + why);
  }
});
run("DELETE FROM chartlake_failures WHERE failed_at < DATEADD(day, -30, CURRENT_TIMESTAMP()::TIMESTAMP_NTZ)");
if (failed.length > 0) {
  throw new Error(done + " days loaded, " + failed.length + " failed; chartlake_failures says why. The first: " + failed[0]);
}
return done + " days loaded";
$$;
CREATE TASK IF NOT EXISTS load_new_commits WAREHOUSE = chartlake_wh TIMEZONE = 'UTC' SUSPEND_TASK_AFTER_NUM_FAILURES = 0 WHEN SYSTEM$STREAM_HAS_DATA('CHARTLAKE_NEW_COMMITS') AS CALL load_commits();
CREATE TASK IF NOT EXISTS retry_failures WAREHOUSE = chartlake_wh SCHEDULE = '60 MINUTES' TIMEZONE = 'UTC' SUSPEND_TASK_AFTER_NUM_FAILURES = 0 WHEN SYSTEM$STREAM_HAS_DATA('CHARTLAKE_NEW_FAILURES') AS CALL load_commits();
ALTER TASK load_new_commits RESUME;
ALTER TASK retry_failures RESUME;
CALL load_commits();
