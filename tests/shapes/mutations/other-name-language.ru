PREFIX id: <https://w3id.org/unpact/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { id:pakistan skos:altLabel "Islamic Republic of Pakistan" }
