PREFIX id: <https://w3id.org/unpact/id/>
PREFIX topic: <https://w3id.org/unpact/topic/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { topic:cybercrime skos:broader id:unodc }
