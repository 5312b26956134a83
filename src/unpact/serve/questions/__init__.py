"""The stored queries as pages and as data: values read, rows cited, answers written."""
