PREFIX id: <https://w3id.org/unpact/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { id:pakistan rdfs:label "Islamic Republic of Pakistan"@en }
