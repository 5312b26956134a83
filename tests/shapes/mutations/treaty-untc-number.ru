PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
INSERT DATA { id:untoc unp:untcNumber "chapter 18" }
