"""Facts from other people's tables: participants of treaties and members of bodies, as Turtle.

`tables` reads rows and knows where each cell stands, `headings` says what columns mean, `dates` and `cells`
read what stands in them, `participants` finds who is meant, `known` what the graph says already, and
`treaty_table` and `membership_table` make statements of rows, which `turtle` writes while the table is read.
A row that cannot be understood becomes a remark and a comment, never a guess.
"""
