permission-table-act = 可以
