# Takes the control records out of lines of mastery and sees whether they account for everything.
#
#   awk -v lines=N -f trailers.awk MASTERY > ROWS
#
# N is how many lines of evidence the engine counted itself. Exit code 65 when a partition is missing
# or stopped half way: then ROWS must not be used.
BEGIN { FS = "\t" }
$1 == "#trailer" {
  partitions++
  read += $2
  told += $4
  next
}
{
  print
  rows++
}
END {
  if (read + 0 != lines + 0 || told + 0 != rows + 0 || partitions == 0) {
    printf "%d partitions account for %d of %d lines and %d of %d rows; run it again\n", \
      partitions, read, lines, rows, told > "/dev/stderr"
    exit 65
  }
}
