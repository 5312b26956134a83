PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { id:ccpcj org:subOrganizationOf ?parent . ?axiom ?used ?value }
WHERE {
  id:ccpcj org:subOrganizationOf ?parent .
  ?axiom owl:annotatedSource id:ccpcj ; owl:annotatedProperty org:subOrganizationOf ; ?used ?value .
}
