PREFIX topic: <https://w3id.org/unpact/topic/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { topic:unlisted a skos:Concept ; skos:prefLabel "Unlisted"@en ; skos:definition "A topic outside the list."@en }
