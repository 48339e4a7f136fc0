"""What is read at most. A people file stays far below; a hostile one is stopped here."""

FILE = 256 * 1024 * 1024  # bytes on disk
UNPACKED = 400 * 1024 * 1024  # bytes that a workbook holds once unpacked
ENTRIES = 2_000  # files inside a workbook
RATIO = 100  # unpacked size against packed size, beyond the first megabyte
LINE = 1_000_000  # characters in a line
COLUMNS = 500
ROWS = 250_000  # rows of people
RECORDS = 1_048_576  # rows of any kind, as many as a spreadsheet has
CELL = 2_000  # characters in a cell that is kept
ITEMS = 50  # entries of a list in one cell
DISTINCT = 20_000  # different topics, languages or offices
LEVELS = 500  # different levels
KEPT = 96 * 1024 * 1024  # bytes of text kept in memory
PROBLEMS = 10_000  # problems listed one by one
SECONDS = 8  # time for a workbook
MEMORY = 1024 * 1024 * 1024  # bytes a workbook's reader may take at the very most
MEMORY_LEAST = 220 * 1024 * 1024  # what any workbook may take
MEMORY_FACTOR = 20  # and what it may take for each byte on disk
OUTPUT = 2_000_000  # bytes in a row of a workbook
SNIFF_LINES = 60
SNIFF_SIZE = 400_000
SAMPLE = 200  # rows looked at before the columns are chosen
