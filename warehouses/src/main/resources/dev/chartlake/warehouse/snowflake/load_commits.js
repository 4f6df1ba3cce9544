// Makes each day what its newest commit says. Twice, late or out of order: the same rows.
var TABLES = {tables};
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
  var found = rows("LIST '@{stage}/" + file + "'").filter(function (row) {
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
    run("{lock}");
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
