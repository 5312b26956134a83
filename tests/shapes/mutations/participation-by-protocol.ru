PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:pakistan-participation-by-protocol-single-convention-as-amended unp:treaty ?treaty }
INSERT { id:pakistan-participation-by-protocol-single-convention-as-amended unp:treaty id:untoc }
WHERE { id:pakistan-participation-by-protocol-single-convention-as-amended unp:treaty ?treaty }
