# assessment_peer.R FOLDER PERSONS ITEMS: mirt on the bytes of assessment-benchmark.
arguments <- commandArgs(trailingOnly = TRUE)
persons <- as.integer(arguments[2])
items <- as.integer(arguments[3])
if (!requireNamespace("mirt", quietly = TRUE)) {
  message("mirt is not there")
  quit(status = 0)
}
path <- file.path(arguments[1], "answers.u8")
cells <- readBin(path, "integer", n = persons * items, size = 1, signed = FALSE)
answers <- as.data.frame(matrix(cells, nrow = persons))
spent <- system.time(fit <- mirt::mirt(answers, 1, itemtype = "2PL", verbose = FALSE))
cat(sprintf(
  '{"task":"mirt-2pl","cpu":%f,"figure":%.6f}\n', spent[["user.self"]],
  mirt::extract.mirt(fit, "logLik")))
