print("cbl-tool")
